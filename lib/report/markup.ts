/**
 * HTML from templates that escape what is put into them.
 *
 * @module
 */

/** A piece of HTML, as opposed to text that is still to be escaped. */
export class Markup {
  /** The source of the piece. */
  readonly source: string;

  /** Takes the source as it is. */
  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand in a template; `null` and `false` leave nothing. */
export type Content =
  | Markup
  | string
  | number
  | null
  | false
  | readonly Content[];

/**
 * A tagged template for HTML: text and numbers put into it are escaped, for
 * content and for quoted attribute values alike. (A formatter would take one
 * called `html` for its own and move spaces that are seen.)
 *
 * @example
 * ```ts
 * import { markup } from "./markup.ts";
 * import { strictEqual } from "node:assert";
 *
 * const items = ["a < b", "c"].map((text) => markup`<li>${text}</li>`);
 * strictEqual(markup`<ul>${items}</ul>`.source, "<ul><li>a &lt; b</li><li>c</li></ul>");
 * ```
 */
export function markup(
  strings: TemplateStringsArray,
  ...contents: Content[]
): Markup {
  return new Markup(
    strings.reduce((source, string, index) =>
      source + sourceOf(contents[index - 1]!) + string
    ),
  );
}

/**
 * JSON for a data block, `<script type="application/json">`: no `<` in it, so
 * that no string can end the block.
 */
export function jsonBlock(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

function sourceOf(content: Content): string {
  if (content === null || content === false) return "";
  if (content instanceof Markup) return content.source;
  if (typeof content === "object") return content.map(sourceOf).join("");
  return String(content)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
