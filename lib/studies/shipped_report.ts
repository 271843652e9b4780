/**
 * The results that come with Slope.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { ReportInput, ReportPaper } from "../report/types.ts";
import type { Scale } from "./catalogue.ts";
import { reportInput } from "./report_input.ts";
import { shippedByRow } from "./runs_by_row.ts";

/**
 * The report of the results that come with Slope, without training: all papers and
 * rows. In a notebook it shows the papers' values beside ours.
 *
 * @param scale How large the runs were. @default {"small"}
 *
 * @example
 * ```ts
 * import { shippedReport } from "./shipped_report.ts";
 * import { ok } from "node:assert";
 *
 * const { papers } = await shippedReport();
 * ok(papers.some(({ name }) => name === "k-decay"));
 * ```
 */
export async function shippedReport(
  scale: Scale = "small",
): Promise<ReportInput> {
  return reportInput(await shippedByRow(scale), scale, {});
}

/**
 * One paper of the {@linkcode shippedReport}; in a notebook it shows its values
 * beside ours. Its figures are at `rows[…].figures[…].figure`.
 *
 * @param name The paper's name, such as `k-decay`.
 * @param scale How large the runs were. @default {"small"}
 * @throws {RangeError} If there is no such paper.
 *
 * @example
 * ```ts
 * import { shippedStudy } from "./shipped_report.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { rows } = await shippedStudy("k-decay");
 * strictEqual(rows[0]?.id, "k-decay/fig1");
 * ```
 */
export async function shippedStudy(
  name: string,
  scale: Scale = "small",
): Promise<ReportPaper> {
  const { papers } = await shippedReport(scale);
  const paper = papers.find((paper) => paper.name === name);
  if (paper !== undefined) return paper;
  const names = papers.map(({ name }) => name);
  throw new RangeError(
    `name must be the name of a paper, got ${show(name)}${
      didYouMean(name, names) || `: there are ${names.join(", ")}`
    }`,
  );
}
