/** A place in a text; both counted from 1. */
export interface Position {
  /** The line. */
  line: number;
  /** The column. */
  column: number;
}

/**
 * The place in the source that a place in compiled code comes from.
 *
 * @param mappings The `mappings` of a source map with one source.
 * @param compiled A place in the compiled code.
 * @returns The place in the source, or undefined if the map does not know.
 *
 * Reference: ECMA-426, "Source map format".
 *
 * @example
 * ```ts
 * import { originalPosition } from "./source_map.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * // Line 2 of the compiled code comes from line 3, column 5.
 * const place = originalPosition("AAAA;AAEI", { line: 2, column: 1 });
 * deepStrictEqual(place, { line: 3, column: 5 });
 * ```
 */
export function originalPosition(
  mappings: string,
  compiled: Position,
): Position | undefined {
  let sourceLine = 0;
  let sourceColumn = 0;
  let found: Position | undefined;
  const lines = mappings.split(";").slice(0, compiled.line);
  for (const [index, line] of lines.entries()) {
    let column = 0;
    for (const segment of line.split(",")) {
      const numbers = decodeNumbers(segment);
      if (numbers.length < 4) continue;
      column += numbers[0]!;
      sourceLine += numbers[2]!;
      sourceColumn += numbers[3]!;
      if (index === compiled.line - 1 && column < compiled.column) {
        found = { line: sourceLine + 1, column: sourceColumn + 1 };
      }
    }
  }
  return found;
}

const DIGITS =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of a segment: base 64, five bits a digit, the sign in the lowest bit. */
function decodeNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}
