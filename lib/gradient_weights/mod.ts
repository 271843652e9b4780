/**
 * Gradient weights: schedules that multiply the gradient and leave weight decay
 * alone.
 *
 * A step with coupled decay is θ ← θ − η·direction(w·g + λ·θ), with decoupled decay
 * θ ← θ − η·(direction(w·g) + λ·θ), where w is the weight, g the gradient, η the
 * learning rate and λ the decay: multiplying the loss by w, but not the decay.
 * Without decay, and under plain gradient descent, a weight is a factor of the
 * learning rate. Under Adam and its kin a constant weight is all but invisible.
 *
 * Every schedule is a weight; those here are the ones of the paper on loss decay.
 *
 * @example Weights of training with loss decay, in epochs of 390 steps
 * ```ts
 * import { linearDecrease, parseGradientWeight } from "./mod.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = linearDecrease({ from: 3, steps: 39000, stepsPerEpoch: 390 });
 *
 * strictEqual(weight(0), 3);
 * strictEqual(weight(50 * 390), 1.5);
 * strictEqual(parseGradientWeight(weight.spec)(50 * 390), 1.5);
 * ```
 *
 * Reference: J. Wei, "Forget the learning rate, decay loss", 2019.
 *
 * @module
 */
export * from "./kinds.ts";
export { gradientWeightJsonSchema } from "./json_schema.ts";
export { parseGradientWeight } from "./parse.ts";
export type { ScheduleFactory } from "../schedules/define.ts";
export type { Field, JsonSchema, ReadSchedule } from "../schedules/field.ts";
export type { Fields } from "../schedules/record.ts";
export type { Json, Schedule, ScheduleSpec } from "../schedules/schedule.ts";
