/**
 * Reports on disk.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import { reportFiles } from "./report_files.ts";
import type { ReportInput } from "./types.ts";

/**
 * Writes a report that opens from disk without a network: `index.html`, a page
 * for each paper, `figures/` (plotly JSON and SVG) and `assets/` (plotly.js,
 * script and style). Each file appears whole or not at all, the index last;
 * other files in the directory stay as they are.
 *
 * @param directory Where the report goes; made if it is not there.
 * @returns The path of the index.
 *
 * @throws {RangeError} If two papers have one name, or two rows one id.
 *
 * @example
 * ```ts
 * import { writeReport } from "./write_report.ts";
 * import { match } from "node:assert";
 *
 * const directory = await Deno.makeTempDir();
 * const index = await writeReport({
 *   title: "Nothing yet",
 *   generatedFor: "smoke",
 *   versions: { Slope: "0.1.0" },
 *   papers: [],
 * }, directory);
 * match(await Deno.readTextFile(index), /<h1>Nothing yet<\/h1>/);
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function writeReport(
  input: ReportInput,
  directory: string,
): Promise<string> {
  await writeFiles(reportFiles(input), directory);
  return join(directory, "index.html");
}

/** Writes files into a directory, each whole, in their order. */
export async function writeFiles(
  files: AsyncIterable<[path: string, content: string]>,
  directory: string,
): Promise<void> {
  for await (const [path, content] of files) {
    const file = join(directory, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await writeWhole(file, content);
  }
}
