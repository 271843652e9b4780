/**
 * Seeing: what Slope's things look like in a notebook, and training that is
 * followed by a live display.
 *
 * Schedules, figures, runs, networks, data sets and reports show themselves as
 * the last expression of a cell; {@linkcode show} shows them in the middle of one.
 *
 * @module
 */
export { compareRuns, type CompareRunsOptions } from "./compare_runs.ts";
export { datasetFigure } from "./dataset_figure.ts";
export type { LiveDisplay } from "./live_display.ts";
export { networkFigure, type ShownNetwork } from "./network_figure.ts";
export { runFigure, type RunFigureOptions } from "./run_figure.ts";
export type { ShownRun } from "./run_text.ts";
export {
  compareSchedules,
  type CompareSchedulesOptions,
  scheduleFigure,
} from "./schedule_figure.ts";
export { show } from "./show.ts";
export {
  watch,
  type WatchControl,
  type WatchOptions,
  watchTogether,
} from "./watch.ts";
