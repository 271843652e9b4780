/**
 * Text that plotly shows as it is: plotly reads `<b>`, `<a href>`, entities
 * and `$x^2$` in titles and names, so that what comes from data has to be
 * escaped.
 *
 * @module
 */

/**
 * Escapes text for plotly; a line feed becomes a line break.
 *
 * @example
 * ```ts
 * import { plainText } from "./plain_text.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(plainText("a < b & <i>c</i>"), "a &lt; b &amp; &lt;i&gt;c&lt;/i&gt;");
 * ```
 */
export function plainText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("$", "&#36;")
    .replaceAll("\n", "<br>");
}

/**
 * Breaks text between words into lines no wider than a limit; a longer word
 * gets a line of its own.
 *
 * @param width The width of a piece of text, in any unit.
 * @param limit The widest line, in the same unit.
 *
 * @example
 * ```ts
 * import { wrapText } from "./plain_text.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(wrapText("error against the number of epochs", (t) => t.length, 17), "error against the\nnumber of epochs");
 * ```
 */
export function wrapText(
  text: string,
  width: (text: string) => number,
  limit: number,
): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last} ${word}`) <= limit) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join("\n");
}
