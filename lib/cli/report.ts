/**
 * `deno task report`: renders a report from runs, without training.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderSvg } from "../figures/render_svg.ts";
import { writeWhole } from "../files/write_whole.ts";
import { withResults } from "../report/markdown.ts";
import { writeReport } from "../report/write_report.ts";
import { catalogue, type Scale } from "../studies/catalogue.ts";
import { readRun } from "../studies/read_run.ts";
import { reportInput, resultRows, studyItem } from "../studies/report_input.ts";
import { shipRuns } from "../studies/ship_runs.ts";
import { readShipped } from "../studies/shipped.ts";
import { shippedDirectory } from "../studies/shipped_directory.ts";
import {
  type FindRuns,
  runsByRow,
  shippedByRow,
} from "../studies/runs_by_row.ts";
import { type Command, runCommand, UsageError } from "./command.ts";
import { readOutput } from "./read_folders.ts";
import { readScale } from "./selection.ts";
import { versionsOf } from "./versions.ts";

const help = `
Usage: deno task report [DIR] [--scale SCALE] [--out DIR] [--ship]

Renders a report from runs that were made, without training: from the results
that come with Slope, or from a folder that reproduce wrote (DIR).

Options:
  --scale SCALE   smoke, small (default) or paper
  --out DIR       where the report goes (default: reports)
  --ship          write the finished runs of DIR to data/results, and the
                  README's table (for those who maintain Slope)
  --help          print this

Exit code: 0 done, 1 failed, 2 bad usage or input.
`;

const options = { boolean: ["ship"], string: ["scale", "out"] } as const;

/** Finds runs in a folder that reproduce wrote. */
function inFolder(directory: string): FindRuns {
  return async (_, plans) => {
    const runs = await Promise.all(
      plans.map((plan) => readRun(directory, plan)),
    );
    return runs.every((run) => run !== undefined) ? runs : undefined;
  };
}

/** What shipped results were made with, of the first paper that has any. */
async function shippedVersions(scale: Scale): Promise<Record<string, string>> {
  for (const { name } of catalogue) {
    const shipped = await readShipped(shippedDirectory, name, scale);
    if (shipped) return shipped.versions;
  }
  return versionsOf();
}

/** The README's pictures: rows, and which of their figures. */
const PICTURES = [["k-decay/fig3", 0], ["k-decay/fig2", 1]] as const;

/** Draws the README's pictures from shipped runs. */
async function drawPictures(scale: Scale): Promise<void> {
  const runs = await shippedByRow(scale);
  for (const [id, index] of PICTURES) {
    const [paper = "", item = ""] = id.split("/");
    const own = runs.get(id);
    const drawn = own &&
      studyItem(paper, item)!.studyItem.figures(own, scale)[index];
    if (drawn === undefined) continue;
    const svg = await renderSvg(drawn.figure, { width: 640, height: 420 });
    await Deno.mkdir(join(shippedDirectory, paper), { recursive: true });
    await writeWhole(join(shippedDirectory, `${id}.svg`), svg);
  }
}

/** Copies finished runs into the repository, and the table into the README. */
async function ship(directory: string, scale: Scale): Promise<void> {
  for (const paper of catalogue) {
    const shipped = await shipRuns(paper, scale, {
      runs: directory,
      results: shippedDirectory,
      versions: versionsOfRun,
    });
    if (shipped) console.log(`${shipped.file}: ${shipped.runs} runs`);
  }
  const readme = new URL("../../README.md", import.meta.url);
  const rows = resultRows(
    reportInput(await shippedByRow("small"), "small", {}),
  );
  const text = await Deno.readTextFile(readme);
  const shown = rows.filter(({ verdict }) => verdict !== "not run");
  await writeWhole(fileURLToPath(readme), withResults(text, shown));
  await drawPictures(scale);
}

/** What a run was made with, as its folder says. */
function versionsOfRun(
  environment: Record<string, unknown>,
): Record<string, string> {
  return {
    ...versionsOf(),
    [`${environment.backend}`]: `${environment.library}`,
    device: `${environment.device}`,
    threads:
      `${environment.intraOpThreads} within, ${environment.interOpThreads} between operations`,
  };
}

/** The command `report`. */
export const report: Command<typeof options> = {
  name: "report",
  help,
  options,
  operands: 1,
  async run(args) {
    const scale = readScale(args.scale ?? "small");
    const folder = args._[0];
    if (folder !== undefined) {
      const info = await Deno.stat(join(`${folder}`, "runs")).catch(() =>
        undefined
      );
      if (!info?.isDirectory) {
        throw new UsageError(
          `${folder} has no folder runs: name a folder that reproduce wrote`,
        );
      }
    }
    const out = await readOutput(args.out ?? "reports");
    const directory = join(`${folder ?? ""}`, "runs");
    if (args.ship) {
      if (folder === undefined) {
        throw new UsageError("--ship needs the folder of the runs");
      }
      await ship(directory, scale);
    }
    const runs = folder === undefined || args.ship
      ? await shippedByRow(scale)
      : await runsByRow(scale, inFolder(directory));
    const versions = folder === undefined || args.ship
      ? await shippedVersions(scale)
      : versionsOf();
    const input = reportInput(runs, scale, versions);
    await writeWhole(
      join(out, "results.json"),
      JSON.stringify(resultRows(input), null, 2) + "\n",
    );
    console.log(`The report: ${await writeReport(input, out)}`);
  },
};

if (import.meta.main) await runCommand(report);
