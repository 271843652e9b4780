/**
 * Notebooks as pages.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { plotlyPage, plotlySource } from "../figures/plotly_page.ts";
import { spaceTemplate } from "../figures/theme.ts";
import reportScript from "../report/assets/report.js" with { type: "text" };
import reportStyle from "../report/assets/report.css" with { type: "text" };
import { jsonBlock, Markup, markup } from "../report/markup.ts";
import { themeVariables } from "../report/theme_variables.ts";
import notebookStyle from "./assets/notebook.css" with { type: "text" };
import { markdownHtml } from "./markdown_html.ts";
import type { ExecutedCell } from "./notebook_file.ts";
import { outputMarkup } from "./page_outputs.ts";

/**
 * A notebook as one HTML file: text, code, and figures that answer to the mouse.
 * It needs no network and runs no scripts but its own; what the notebook says is
 * escaped.
 *
 * @param cells The notebook.
 * @param options `name`: the title where the notebook has no heading.
 * @returns The page's source.
 */
export async function notebookPage(
  cells: readonly ExecutedCell[],
  { name }: { name: string },
): Promise<string> {
  const scripts = [await plotlySource(), reportScript].map(inScript);
  const { styleSheet } = await plotlyPage();
  const styles = [
    `${themeVariables()}\n${reportStyle}\n${notebookStyle}`,
    styleSheet,
  ];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(" ")}`,
    `style-src ${styles.map(hashOf).join(" ")}`,
    "style-src-attr 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const templates = jsonBlock({
    light: spaceTemplate("light"),
    dark: spaceTemplate("dark"),
  });
  const [page, plotly] = styles.map((style) => new Markup(style));
  // Plotly looks for that id and then leaves its own style element out.
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(cells) ?? name}</title>
<link rel="icon" href="data:,">
<style>${page!}</style>
<style id="plotly.js-style-global" class="no-inline-styles">${plotly!}</style>
</head>
<body>
<main>
${cells.map(cellMarkup)}
</main>
<script type="application/json" id="templates">${templates}</script>
${scripts.map((script) => markup`<script>${new Markup(script)}</script>\n`)}
</body>
</html>
`.source;
}

function cellMarkup(
  { kind, source, outputs }: ExecutedCell,
  index: number,
): Markup {
  if (kind === "markdown") {
    return markup`<div class="text">${markdownHtml(source)}</div>\n`;
  }
  return markup`<pre class="cell"><code>${source}</code></pre>
${outputs.map((output, i) => outputMarkup(output, `output-${index}-${i}`))}`;
}

/** The notebook's first heading. */
function titleOf(cells: readonly ExecutedCell[]): string | undefined {
  const text = cells.find(({ kind }) => kind === "markdown")?.source ?? "";
  return /^# (.+)$/m.exec(text)?.[1];
}

/** A script's source that does not end its element. */
function inScript(source: string): string {
  return source.replaceAll("</script", "<\\/script");
}

function hashOf(source: string): string {
  const hash = createHash("sha256").update(source).digest("base64");
  return `'sha256-${hash}'`;
}
