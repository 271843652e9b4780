/**
 * A report on disk.
 *
 * @module
 */
import { join } from "node:path";
import { assetFiles, figureFiles } from "../report/report_files.ts";
import { writeFiles } from "../report/write_report.ts";
import { reportFigures } from "./figures.ts";
import { figureFile, flatnessPage } from "./html.ts";
import type { FlatnessReport } from "./report.ts";

/**
 * Writes a report that opens from disk without a network: `report.json`, `index.html`,
 * `figures/` and `assets/`. Each file appears whole or not at all, the page last;
 * nothing outside the folder is written.
 *
 * @param folder Where it goes; made if it is not there.
 * @param versions What it was made with, by name.
 * @returns The path of the page.
 */
export async function writeFlatness(
  report: FlatnessReport,
  folder: string,
  versions: Readonly<Record<string, string>> = {},
): Promise<string> {
  const figures = reportFigures(report);
  async function* files(): AsyncGenerator<[path: string, content: string]> {
    yield ["report.json", `${JSON.stringify(report, null, 2)}\n`];
    yield* assetFiles();
    for (const [i, figure] of figures.entries()) {
      yield* figureFiles(figure, figureFile(i));
    }
    yield ["index.html", flatnessPage(report, figures, versions)];
  }
  await writeFiles(files(), folder);
  return join(folder, "index.html");
}
