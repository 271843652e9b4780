import { number, withDefault } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { nonNegative, positive } from "./rate.ts";

/** Options of {@linkcode polyak}. */
export interface PolyakOptions extends LineOptions {
  /** f*, the least loss. @default {0} */
  readonly lowerBound?: number;
  /** The greatest η, > 0. @default {1} */
  readonly maximum?: number;
  /** Added to the denominator, ≥ 0. @default {0} */
  readonly epsilon?: number;
}

/**
 * Polyak's step size: η = min(maximum, (f(0) − f*) / (g·d + ε)), with the loss f(0), its
 * least value f*, the gradient g and the direction d. It costs no forward pass; where
 * the denominator is 0 no step is taken.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The loss ‖x‖² from (1, 2, 3): a quarter of the way, again and again
 * ```ts
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { polyak } from "./polyak.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const path = descend(quadratic([2, 2, 2]), polyak(), [1, 2, 3], 4);
 * deepStrictEqual(path.map(({ value }) => value), [14, 3.5, 0.875, 0.21875]);
 * ```
 *
 * Reference: B. Polyak, "Introduction to optimization", 1987, section 5.3.
 */
export const polyak: ControllerFactory<PolyakOptions> = defineController({
  kind: "polyak",
  summary: "The loss above its least value over g·d.",
  formula: "η = min(maximum, (f(0) − f*) / (g·d + ε))",
  fields: {
    lowerBound: withDefault(
      0,
      number({ description: "the least loss, f*" }),
    ),
    maximum: positive("the greatest step size", 1),
    epsilon: nonNegative("what is added to the denominator, ε", 0),
  },
  state: {},
  init: () => ({}),
  next({ lowerBound, maximum, epsilon }, { value, slope }) {
    const denominator = epsilon - slope;
    const above = Math.max(value - lowerBound, 0);
    return {
      learningRate: denominator > 0
        ? Math.min(maximum, above / denominator)
        : 0,
      state: {},
    };
  },
});
