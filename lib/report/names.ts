/**
 * Names of pages, files and anchors, made from names that may hold anything.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ReportPaper, ReportRow } from "./types.ts";

/**
 * A name that is safe in paths, addresses and HTML ids: `a`–`z`, digits and
 * single hyphens. A name that is not so itself gets a hash of the original
 * behind it, so that different names stay different.
 *
 * @example
 * ```ts
 * import { safeName } from "./names.ts";
 * import { match, strictEqual } from "node:assert";
 *
 * strictEqual(safeName("table-c"), "table-c");
 * match(safeName("../Fig 3"), /^fig-3-[0-9a-f]{8}$/);
 * ```
 */
export function safeName(name: string): string {
  const safe = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "").slice(0, 60);
  if (safe === name && name !== "") return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return [safe, hash].filter(Boolean).join("-");
}

/** The part of a row's id behind the paper's name. */
export function itemOf(row: { id: string }): string {
  return row.id.slice(row.id.indexOf("/") + 1);
}

/** The file of a paper's page; never the index. */
export function pageName(paper: ReportPaper): string {
  const name = safeName(paper.name);
  return name === "index" ? "index-paper.html" : `${name}.html`;
}

/** The HTML id of a row on its paper's page. */
export function anchorOf(row: ReportRow): string {
  return `row-${safeName(itemOf(row))}`;
}

/** The path of a row's figure, without its ending. */
export function figurePath(
  paper: ReportPaper,
  row: ReportRow,
  index: number,
): string {
  const number = index === 0 ? "" : `.${index + 1}`;
  return `figures/${safeName(paper.name)}/${safeName(itemOf(row))}${number}`;
}
