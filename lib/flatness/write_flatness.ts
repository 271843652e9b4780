/**
 * A report on disk.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { themed } from "../figures/mod.ts";
import { renderSvg } from "../figures/render_svg.ts";
import { writeWhole } from "../files/write_whole.ts";
import { assetFiles } from "../report/report_files.ts";
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
  const write = async (path: string, content: string) => {
    const file = join(folder, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await writeWhole(file, content);
  };
  await write("report.json", `${JSON.stringify(report, null, 2)}\n`);
  for await (const [path, content] of assetFiles()) await write(path, content);
  const figures = reportFigures(report);
  for (const [i, figure] of figures.entries()) {
    const json = JSON.stringify(themed(figure, "light"));
    await write(`${figureFile(i)}.json`, `${json}\n`);
    await write(`${figureFile(i)}.svg`, await renderSvg(figure));
  }
  await write("index.html", flatnessPage(report, figures, versions));
  return join(folder, "index.html");
}
