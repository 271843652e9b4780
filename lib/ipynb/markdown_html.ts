/**
 * Markdown on a page.
 *
 * @module
 */
import MarkdownIt from "markdown-it";
import { Markup } from "../report/markup.ts";

/** HTML within Markdown is shown as text; links to scripts are not made. */
const renderer = new MarkdownIt({ html: false, linkify: false });

/**
 * Markdown, as a notebook's text cells hold it, in HTML.
 *
 * @example
 * ```ts
 * import { markdownHtml } from "./markdown_html.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(markdownHtml("*a* <b>").source, "<p><em>a</em> &lt;b&gt;</p>\n");
 * ```
 */
export function markdownHtml(text: string): Markup {
  return new Markup(renderer.render(text));
}
