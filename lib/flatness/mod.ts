/**
 * The flatness of a saved model: one report of loss, derivatives, sharpness, curves and
 * input space, with error bars, invariances and self-checks.
 *
 * @module
 */
export { type Budget } from "./effort.ts";
export { flatness } from "./flatness.ts";
export { flatnessJsonSchema } from "./json_schema.ts";
export {
  type Invariance,
  type Measurement,
  type Measurements,
  type MetricName,
  metricNames,
} from "./measurement.ts";
export type { FlatnessOptions, Preprocessing } from "./options.ts";
export type * from "./report.ts";
export { writeFlatness } from "./write_flatness.ts";
