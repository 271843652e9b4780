/**
 * Specs are read the same way whatever they describe: by the name of a kind.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { ReadSchedule } from "./field.ts";
import { member } from "./record.ts";

/** Makes what a spec of one kind describes. */
export interface KindReader<Made> {
  /** The name of the kind. */
  readonly kind: string;
  /** Makes it of options given as JSON, somewhere in a spec. */
  read(options: unknown, path: string, readSchedule: ReadSchedule): Made;
}

/** What specs describe, for messages. */
export interface KindNames {
  /** With its article, such as `a schedule`. */
  readonly what: string;
  /** A spec, such as `{ "kind": "constant", "value": 0.1 }`. */
  readonly example: string;
}

/**
 * Reads a spec by its kind.
 *
 * @param names What it describes.
 * @param readers All kinds there are, by name.
 * @param spec The spec, from anywhere.
 * @param path Where it stands; empty for a spec that stands alone.
 * @param readSchedule Reads schedules nested in it.
 * @throws {TypeError} If it is no object, or its kind is missing or no string.
 * @throws {RangeError} If there is no such kind.
 * @throws {TypeError | RangeError} What the kind refuses.
 */
export function readKind<Made>(
  { what, example }: KindNames,
  readers: ReadonlyMap<string, KindReader<Made>>,
  spec: unknown,
  path: string,
  readSchedule: ReadSchedule,
): Made {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new TypeError(
      `${path || what} must be an object such as ${example}, got ${show(spec)}`,
    );
  }
  const { kind, ...options } = spec as Record<string, unknown>;
  const place = member(path, "kind");
  const noun = what.replace(/^an? /, "");
  if (kind === undefined) {
    const { kind: name } = JSON.parse(example);
    throw new TypeError(
      `${place} is missing: it names the ${noun}, such as "${name}"`,
    );
  }
  if (typeof kind !== "string") {
    throw new TypeError(
      `${place} must be the name of ${what}, got ${show(kind)}`,
    );
  }
  const reader = readers.get(kind);
  if (reader === undefined) {
    const known = [...readers.keys()];
    const hint = didYouMean(kind, known) || `: there are ${known.join(", ")}`;
    throw new RangeError(
      `${place} must be the name of ${what}, got ${show(kind)}${hint}`,
    );
  }
  return reader.read(options, path, readSchedule);
}
