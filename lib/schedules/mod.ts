/**
 * Schedules: numbers as functions of the step, such as a learning rate that
 * decays, and ways to put them together.
 *
 * A schedule is a closed form of the global step, so that training resumes
 * exactly. It carries its own plain form, `spec`, which JSON can write and
 * {@linkcode parseSchedule} reads. Steps count from 0; before them a schedule
 * has its first value, past its length its last.
 *
 * @example k-decay of a cosine, behind a warm-up
 * ```ts
 * import { cosine, kDecay, parseSchedule, warmUp } from "./mod.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const learningRate = warmUp({
 *   steps: 100,
 *   inner: kDecay({
 *     k: 1.5,
 *     inner: cosine({ from: 0.1, to: 0.001, steps: 1000 }),
 *   }),
 * });
 *
 * strictEqual(learningRate(50), 0.05);
 * strictEqual(learningRate(600).toFixed(8), "0.07247878");
 * strictEqual(learningRate.steps, 1100);
 *
 * const text = JSON.stringify(learningRate);
 * deepStrictEqual(parseSchedule(JSON.parse(text)).spec, learningRate.spec);
 * ```
 *
 * @module
 */
export * from "./kinds.ts";
export { scheduleJsonSchema } from "./json_schema.ts";
export { mean } from "./mean.ts";
export { parseSchedule } from "./parse.ts";
export { isSchedule } from "./schedule.ts";
export type {
  FiniteSchedule,
  Json,
  Schedule,
  ScheduleSpec,
} from "./schedule.ts";
export type { ScheduleFactory } from "./define.ts";
export type { Field, JsonSchema, ReadSchedule } from "./field.ts";
export type { PeakOptions } from "./peak.ts";
export type { Fields } from "./record.ts";
export type { OneCycleShape } from "./one_cycle_fields.ts";
export type { SchedulePoint } from "./points_field.ts";
export type { ShapeName } from "./shape.ts";
export { type Duration, inSteps, type Units } from "./units.ts";
