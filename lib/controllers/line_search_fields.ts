/**
 * What the stochastic line searches share.
 *
 * @module
 */
import { choice, number, withDefault } from "../schedules/field.ts";
import type { Line } from "./controller.ts";
import type { LineOptions } from "./define.ts";
import { initial, positive, remembered } from "./rate.ts";

/** Options of the stochastic line searches. */
export interface LineSearchOptions extends LineOptions {
  /** η before the first step, > 0. @default {1} */
  readonly initial?: number;
  /** c in (0, ½]: the share of the predicted decrease that is asked for. @default {0.1} */
  readonly slack?: number;
  /** What an η that is too large is multiplied by, in (0, 1). @default {0.9} */
  readonly shrink?: number;
  /**
   * Where a search begins: at the last η times `growth` to the power 1 / (steps of an
   * epoch), at the last η, or at the greatest. @default {"grow"}
   */
  readonly reset?: "grow" | "keep" | "maximum";
  /** Growth over an epoch, ≥ 1. @default {2} */
  readonly growth?: number;
  /** The greatest η, > 0. @default {10} */
  readonly maximum?: number;
  /** Most values of η that are tried, ≥ 1. @default {100} */
  readonly trials?: number;
  /** η where none is found, > 0. @default {1e-6} */
  readonly fallback?: number;
}

/** A number strictly between 0 and 1. */
function below1(description: string, standard: number) {
  const number = positive(description, standard);
  return {
    ...number,
    schema: { ...number.schema, exclusiveMaximum: 1 },
    read(value: unknown, path: string): number {
      const read = number.read(value, path);
      if (read < 1) return read;
      throw new RangeError(`${path} must be in (0, 1), got ${read}`);
    },
  };
}

/** The options, checked. */
export const lineSearchFields = {
  initial: initial(1),
  slack: withDefault(
    0.1,
    number({
      description: "the share of the predicted decrease, c",
      above: 0,
      maximum: 0.5,
    }),
  ),
  shrink: below1("what an η that is too large is multiplied by", 0.9),
  reset: withDefault(
    "grow",
    choice({
      description: "where a search begins",
      names: ["grow", "keep", "maximum"],
    }),
  ),
  growth: withDefault(
    2,
    number({ description: "growth over an epoch", minimum: 1 }),
  ),
  maximum: positive("the greatest step size", 10),
  trials: withDefault(
    100,
    number({ description: "most values tried", minimum: 1, integer: true }),
  ),
  fallback: positive("the step size where none is found", 1e-6),
} as const;

/** The state: the last η. */
export const lineSearchState = { rate: remembered } as const;

/** η at which a search begins. */
export function firstTrial(
  { reset, growth, maximum }: {
    readonly reset: "grow" | "keep" | "maximum";
    readonly growth: number;
    readonly maximum: number;
  },
  stepsPerEpoch: number,
  rate: number,
): number {
  if (reset === "maximum") return maximum;
  const grown = reset === "grow" ? rate * growth ** (1 / stepsPerEpoch) : rate;
  return Math.min(grown, maximum);
}

/** Whether the gradient is too small to search along, as in the authors' program. */
export function isFlat({ gradientNormSquared }: Line): boolean {
  return gradientNormSquared < 1e-16;
}
