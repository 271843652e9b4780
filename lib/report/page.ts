/**
 * What all pages of a report share.
 *
 * @module
 */
import { spaceTemplate } from "../figures/theme.ts";
import { type Content, jsonBlock, type Markup, markup } from "./markup.ts";
import { pageName } from "./names.ts";
import type { ReportInput } from "./types.ts";

/**
 * Nothing but the report's own files, no inline script or style sheet, nothing
 * from a network. Style attributes are allowed, because plotly sets some on
 * the images of heat maps, and so are images in data addresses, which these
 * are.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A page of the report: its frame around the content. */
export function page(
  input: ReportInput,
  options: { title: string; current: string; content: Content },
): string {
  const link = (file: string, text: string) => {
    const current = file === options.current &&
      markup` aria-current="page"`;
    return markup`<a href="${file}"${current}>${text}</a>`;
  };
  const templates = jsonBlock({
    light: spaceTemplate("light"),
    dark: spaceTemplate("dark"),
  });
  // Plotly looks for that id and then leaves its own style element out.
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/report.css">
<link rel="stylesheet" href="assets/plotly.css" id="plotly.js-style-global" class="no-inline-styles">
<script defer src="assets/plotly.min.js"></script>
<script defer src="assets/report.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<nav aria-label="Pages">
${link("index.html", "Overview")}
${input.papers.map((paper) => link(pageName(paper), paper.name))}
</nav>
<main id="main">
${options.content}
</main>
<footer>
<h2>Made with</h2>
${definitions(input.versions)}
</footer>
<script type="application/json" id="templates">${templates}</script>
</body>
</html>
`.source;
}

/** Names and values as a description list; nothing if there are none. */
export function definitions(
  entries: Readonly<Record<string, string>>,
): Markup | null {
  const list = Object.entries(entries).map(([name, value]) =>
    markup`<div><dt>${name}</dt><dd>${value}</dd></div>`
  );
  return list.length === 0 ? null : markup`<dl>${list}</dl>`;
}
