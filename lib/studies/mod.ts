/**
 * The papers' studies: what is run for each figure, and what the runs say.
 *
 * @module
 */
export {
  catalogue,
  type CatalogueRow,
  type Paper,
  rowId,
  type Scale,
  scales,
} from "./catalogue.ts";
export type {
  DataPlan,
  ModelSpec,
  OptimizerSpec,
  RunPlan,
  TrainingPlan,
} from "./plan.ts";
export type { FlatnessProbe, LinesPlan } from "./probes/flatness.ts";
export type { Probed, ProbeSpec } from "./probes/probe.ts";
export type { TransferProbe } from "./probes/transfer.ts";
export type { Interval } from "../statistics/t_interval.ts";
export type { Verdict } from "./statistics.ts";
export { shippedReport, shippedStudy } from "./shipped_report.ts";
export { shippedFigure, shippedRow } from "./shipped_row.ts";
export type { Samples } from "./samples.ts";
export { studies } from "./studies.ts";
export type { ControlSummary, Course, RunSummary } from "./summary.ts";
export type {
  CaptionedFigure,
  Finding,
  Run,
  Study,
  StudyItem,
} from "./study.ts";
