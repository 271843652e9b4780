/**
 * Values in error messages: short, on one line, whatever they are.
 *
 * @module
 */

/** The most characters of a string that are shown. */
const LONGEST = 60;

/**
 * A value as an error message shows it: numbers and strings as they are
 * written in code, anything larger by what it is.
 *
 * Strings are quoted, their control characters escaped and what follows the
 * first 60 characters left out, so that untrusted input cannot flood or forge a
 * message.
 *
 * @param value Any value at all.
 * @returns One line of text.
 *
 * @example
 * ```ts
 * import { show } from "./show.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(show(-1), "-1");
 * strictEqual(show("cosin\n"), '"cosin\\n"');
 * strictEqual(show([1, 2]), "an array of 2");
 * ```
 */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST
        ? JSON.stringify(value.slice(0, LONGEST)).slice(0, -1) + '…"'
        : JSON.stringify(value);
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? `an array of ${value.length}` : "an object";
    default:
      return String(value);
  }
}
