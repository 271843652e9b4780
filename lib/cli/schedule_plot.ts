/**
 * Schedules drawn into a file.
 *
 * @module
 */
import { extname } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import type { Figure } from "../figures/figure.ts";
import { renderPng } from "../figures/render_png.ts";
import { renderSvg } from "../figures/render_svg.ts";
import { UsageError } from "./command.ts";
import { type NamedSchedule, scheduleFigure } from "./schedule_figure.ts";

/** A page that shows an SVG. */
function htmlPage(svg: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Schedules</title>
<style>body { margin: 1rem } svg { max-width: 100%; height: auto }</style>
${svg}
</html>
`;
}

/** How a figure is written, by the ending of the file. */
const writers = new Map<
  string,
  (figure: Figure) => Promise<string | Uint8Array>
>([
  [".svg", (figure) => renderSvg(figure)],
  [".png", (figure) => renderPng(figure)],
  [".html", async (figure) => htmlPage(await renderSvg(figure))],
  [".json", (figure) => Promise.resolve(`${JSON.stringify(figure)}\n`)],
]);

/** What {@linkcode plotSchedules} takes besides the schedules. */
export interface PlotOptions {
  /** The file: SVG, PNG, HTML, or plotly JSON, by its ending. */
  out: string;
  /** The last step that is drawn. */
  end: number;
  /** Whether the values are on a logarithmic axis. */
  isLog: boolean;
}

/**
 * Draws schedules over the step into a file.
 *
 * @throws {UsageError} If the file has another ending.
 */
export async function plotSchedules(
  schedules: readonly NamedSchedule[],
  { out, end, isLog }: PlotOptions,
): Promise<void> {
  const write = writers.get(extname(out).toLowerCase());
  if (write === undefined) {
    throw new UsageError(
      `--out must end in ${[...writers.keys()].join(", ")}, got ${out}`,
    );
  }
  const title = schedules.length === 1 ? schedules[0]!.name : "Schedules";
  const figure = scheduleFigure(schedules, { end, title, isLog });
  await writeWhole(out, await write(figure));
}
