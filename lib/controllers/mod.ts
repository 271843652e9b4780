/**
 * Controllers: rules that choose the step size inside the loop, from the loss along
 * the step's direction.
 *
 * A controller sees a {@linkcode Line}, f(η) = L(θ − η·d) on one batch, and gives η. It
 * is pure and remembers plain JSON. What it asks of the line is counted in
 * forward-pass equivalents. Controllers go with any direction d (momentum, Adam), with
 * a schedule that multiplies what they choose, and with a gradient weight; what a
 * method says of g·g then holds of g·d, and where g·d < 0 the line goes along −d.
 *
 * Beside the methods of the two papers on step sizes: line searches, hypergradients,
 * Polyak's step size and its kin, accumulated gradients, a plateau detector.
 *
 * @example Four methods on ½·(10·x² + y²), by the loss after twenty forward passes
 * ```ts
 * import { barzilaiBorwein, descend, lossgrad, polyak, quadratic, wngrad } from "./mod.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const methods = [wngrad(), lossgrad({ initial: 0.1 }), polyak(), barzilaiBorwein()];
 * const ranked = methods.map((controller) => {
 *   const path = descend(quadratic([10, 1]), controller, [0.1, 1], 10);
 *   return { kind: controller.spec.kind, loss: path.find((s) => s.cost > 20)!.value };
 * }).sort((a, b) => a.loss - b.loss);
 * deepStrictEqual(ranked.map(({ kind }) => kind), [
 *   "polyak",
 *   "wngrad",
 *   "barzilaiBorwein",
 *   "lossgrad",
 * ]);
 * ```
 *
 * @module
 */
export { adagradNorm, type AdagradNormOptions } from "./adagrad_norm.ts";
export {
  aliasedSecondOrder,
  type AliasedSecondOrderOptions,
} from "./aliased_second_order.ts";
export { alig, type AligOptions } from "./alig.ts";
export { armijo } from "./armijo.ts";
export {
  barzilaiBorwein,
  type BarzilaiBorweinOptions,
} from "./barzilai_borwein.ts";
export {
  type Context,
  type Controller,
  type ControllerEvent,
  type ControllerEventName,
  type ControllerSpec,
  type ControllerState,
  type Decision,
  isController,
  type Line,
  type LinePrecision,
} from "./controller.ts";
export { type CountedLine, countPasses, PASSES } from "./count_passes.ts";
export type { ControllerFactory, LineOptions } from "./define.ts";
export { descend, type DescentStep } from "./descend.ts";
export {
  exactLineSearch,
  type ExactLineSearchOptions,
} from "./exact_line_search.ts";
export { firstOrder, type FirstOrderOptions } from "./first_order.ts";
export { goldstein, type GoldsteinOptions } from "./goldstein.ts";
export { hypergradient, type HypergradientOptions } from "./hypergradient.ts";
export { controllerJsonSchema } from "./json_schema.ts";
export type { LineSearchOptions } from "./line_search_fields.ts";
export {
  lossgrad,
  type LossgradOptions,
  type LossgradVariant,
} from "./lossgrad.ts";
export { memoryLine, type MemoryProblem, quadratic } from "./memory_line.ts";
export { pal, type PalOptions } from "./pal.ts";
export { parseController } from "./parse.ts";
export { polyak, type PolyakOptions } from "./polyak.ts";
export type { NegativePolicy } from "./rate.ts";
export {
  reduceOnPlateau,
  type ReduceOnPlateauOptions,
} from "./reduce_on_plateau.ts";
export { secant, type SecantOptions } from "./secant.ts";
export { secondOrder, type SecondOrderOptions } from "./second_order.ts";
export {
  stochasticPolyak,
  type StochasticPolyakOptions,
} from "./stochastic_polyak.ts";
export { wngrad, type WngradOptions } from "./wngrad.ts";
export type { Field, JsonSchema, ReadSchedule } from "../schedules/field.ts";
export type { Fields } from "../schedules/record.ts";
export type { Duration, Units } from "../schedules/units.ts";
export type { Json, Schedule, ScheduleSpec } from "../schedules/schedule.ts";
