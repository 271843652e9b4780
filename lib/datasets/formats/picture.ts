import { inflateSync } from "node:zlib";
import { decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import { DatasetError } from "../dataset_error.ts";

/** A picture, decoded. */
export interface Picture {
  /** Pixels of a column. */
  readonly height: number;
  /** Pixels of a row. */
  readonly width: number;
  /** Bytes of a pixel: 1 of grey or of an index, 2 to 4 with colours and opacity. */
  readonly channels: number;
  /** The bytes, row by row, channels last. */
  readonly data: Uint8Array;
}

/** How a picture is decoded. */
export interface DecodeOptions {
  /** The most pixels: larger pictures are refused before memory is taken. @default {2²⁴} */
  mostPixels?: number;
  /**
   * Whether a JPEG that breaks off or has wrong codes is taken as far as it can be
   * read, as libjpeg takes it. @default {it is refused}
   */
  tolerant?: boolean;
}

/** The most pixels of a picture, unless more are allowed. */
const MOST_PIXELS = 1 << 24;

/** The most bytes that decoding takes for a pixel. */
const BYTES_PER_PIXEL = 32;

/** Bytes of a pixel by a PNG's kind of colour. */
const PNG_CHANNELS: Readonly<Record<number, number>> = {
  0: 1, // grey
  2: 3, // red, green, blue
  3: 1, // index of a palette
  4: 2, // grey and opacity
  6: 4, // red, green, blue and opacity
};

/**
 * Decodes a PNG or JPEG picture of 8 bits a channel. Pixels of a PNG with a palette
 * stay indices: Pascal VOC's labels are such indices.
 *
 * What a file claims to hold is checked before it is unpacked: a small file cannot
 * take more memory than its pixels.
 *
 * @param bytes The file.
 * @param path Its path, for errors.
 * @param options How large it may be, and how whole it must be.
 * @returns The picture; its data belong to the caller.
 * @throws {DatasetError} If it is neither, damaged, too large, or of another depth.
 *
 * @example
 * ```ts
 * import { encodePng } from "../../figures/encode_png.ts";
 * import { decodePicture } from "./picture.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const file = encodePng(Uint8Array.of(255, 0, 0, 255), 1);
 * deepStrictEqual(decodePicture(file, "red.png"), {
 *   height: 1,
 *   width: 1,
 *   channels: 4,
 *   data: Uint8Array.of(255, 0, 0, 255),
 * });
 * ```
 */
export function decodePicture(
  bytes: Uint8Array,
  path: string,
  { mostPixels = MOST_PIXELS, tolerant = false }: DecodeOptions = {},
): Picture {
  try {
    if (isPng(bytes)) return fromPng(bytes, path, mostPixels);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) {
      return fromJpeg(bytes, mostPixels, tolerant);
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(
      `${path}: is damaged or too large: ${reason.split("\n")[0]}`,
      { cause: error },
    );
  }
  throw new DatasetError(`${path}: is neither a PNG nor a JPEG picture`);
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50;
}

/**
 * Refuses a PNG whose pixels are indices of a palette, where colours are wanted.
 *
 * @throws {DatasetError} If it is one.
 */
export function refusePalette(bytes: Uint8Array, path: string): void {
  if (isPng(bytes) && bytes[25] === 3) {
    throw new DatasetError(`${path}: has a palette: save it in RGB or grey`);
  }
}

function fromJpeg(
  bytes: Uint8Array,
  mostPixels: number,
  tolerant: boolean,
): Picture {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: tolerant,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: BYTES_PER_PIXEL * mostPixels / 2 ** 20,
  });
  return { height, width, channels: 3, data };
}

function fromPng(
  bytes: Uint8Array,
  path: string,
  mostPixels: number,
): Picture {
  const chunks = criticalChunks(bytes);
  const [header] = chunks;
  if (header?.name !== "IHDR" || header.content.length !== 13) {
    throw new DatasetError(`${path}: is damaged: it has no header`);
  }
  const view = new DataView(
    header.content.buffer,
    header.content.byteOffset,
    13,
  );
  const width = view.getUint32(0), height = view.getUint32(4);
  const depth = view.getUint8(8), channels = PNG_CHANNELS[view.getUint8(9)];
  const isInterlaced = view.getUint8(12) !== 0;
  if (depth !== 8 || channels === undefined || isInterlaced) {
    throw new DatasetError(
      `${path}: must have 8 bits a channel and not be interlaced, got ${depth} bits${
        isInterlaced ? ", interlaced" : ""
      }`,
    );
  }
  if (width * height > mostPixels || width * height === 0) {
    throw new DatasetError(
      `${path}: must have 1 to ${mostPixels} pixels, got ${width} × ${height}`,
    );
  }
  // Unpacked once with a limit, for the decoder knows none.
  const packed = chunks.filter(({ name }) => name === "IDAT");
  inflateSync(joined(packed.map(({ content }) => content)), {
    maxOutputLength: height * (1 + width * channels),
  });
  const { data } = decodePng(
    joined([bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]),
    { checkCrc: true },
  );
  return {
    height,
    width,
    channels,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

interface Chunk {
  name: string;
  content: Uint8Array;
  whole: Uint8Array;
}

/** The chunks that pixels depend on: others could hide what unpacks to a lot. */
function criticalChunks(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at), end = at + 12 + length;
    const name = new TextDecoder().decode(bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) throw new RangeError(`${name} ends early`);
    if (["IHDR", "PLTE", "IDAT", "IEND"].includes(name)) {
      chunks.push({
        name,
        content: bytes.subarray(at + 8, end - 4),
        whole: bytes.subarray(at, end),
      });
    }
    at = end;
  }
  return chunks;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
