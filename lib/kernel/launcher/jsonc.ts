/**
 * Parses JSON with comments and trailing commas, as `deno.json` may have them.
 *
 * @param text The text.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is not JSON even without these.
 *
 * @example
 * ```ts
 * import { parseJsonc } from "./jsonc.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(parseJsonc('{ "a": "//", /* b *\/ "c": [1,], } // d', "x"), {
 *   a: "//",
 *   c: [1],
 * });
 * ```
 */
export function parseJsonc(text: string, name: string): unknown {
  // Strings are matched first, so that what looks like a comment in them stays.
  const plain = text
    .replace(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g,
      (_, string) => string ?? " ",
    )
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string) => string ?? "");
  try {
    return JSON.parse(plain);
  } catch (error) {
    throw new SyntaxError(`${name}: ${(error as Error).message}`);
  }
}
