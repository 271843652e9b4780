/**
 * The header of a safetensors file, which says where each tensor is.
 *
 * @module
 */
import { show } from "../text/show.ts";

/** Where a tensor is, as a header says. */
export interface Place {
  name: string;
  dtype: string;
  shape: number[];
  start: number;
  end: number;
}

const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** What a header says of a tensor. */
function readPlace(name: string, entry: unknown): Place {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<
    string,
    unknown
  >;
  if (
    typeof dtype !== "string" ||
    !Array.isArray(shape) || !shape.every(isSize) ||
    !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)
  ) {
    throw new SyntaxError(
      `the header has no dtype, shape and data_offsets for ${show(name)}`,
    );
  }
  const [start, end] = offsets as [number, number];
  return { name, dtype, shape, start, end };
}

/** The metadata of a header. */
function readMetadata(value: unknown): Record<string, string> {
  const entries = Object.entries(value ?? {});
  if (
    typeof value !== "object" ||
    !entries.every(([, text]) => typeof text === "string")
  ) {
    throw new SyntaxError("the header's __metadata__ is not text by name");
  }
  return Object.fromEntries(entries);
}

/**
 * Refuses tensors that overlap, or leave gaps or a rest, as hidden data would.
 *
 * @throws {SyntaxError} If they do.
 */
export function checkPlaces(places: readonly Place[], bytes: number): void {
  let at = 0;
  for (
    const { name, start, end } of places.toSorted((a, b) =>
      a.start - b.start || a.end - b.end
    )
  ) {
    if (start !== at || end < start) {
      throw new SyntaxError(
        `tensor ${
          show(name)
        } is said to be at bytes ${start} to ${end}, expected from ${at} on`,
      );
    }
    at = end;
  }
  if (at !== bytes) {
    throw new SyntaxError(
      `the header says ${at} bytes of values, but the file has ${bytes}`,
    );
  }
}

/**
 * Reads a header.
 *
 * @param bytes Its JSON, as UTF-8.
 * @returns Where tensors are said to be, and the text beside them.
 * @throws {SyntaxError} If it is not a header.
 */
export function readHeader(
  bytes: Uint8Array,
): { places: Place[]; metadata: Record<string, string> } {
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(text.decode(bytes));
  } catch {
    throw new SyntaxError("the header is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new SyntaxError("the header is not an object");
  }
  const { __metadata__: metadata = {}, ...entries } = header as Record<
    string,
    unknown
  >;
  const places = Object.entries(entries).map(([name, entry]) =>
    readPlace(name, entry)
  );
  return { places, metadata: readMetadata(metadata) };
}
