/**
 * What controllers share: the options of step sizes, and what becomes of a step size
 * that is negative, too small, or no number at all.
 *
 * @module
 */
import { choice, type Field, number, withDefault } from "../schedules/field.ts";
import type { ControllerEvent, LinePrecision } from "./controller.ts";

/**
 * What becomes of a negative step size: it is taken, `minimum` stands for it, or
 * its size without the sign does.
 */
export type NegativePolicy = "allow" | "floor" | "reflect";

type WithDefault<Value> = Field<Value> & { readonly default: Value };

/** A number over 0. */
export function positive(
  description: string,
  standard: number,
): WithDefault<number> {
  return withDefault(standard, number({ description, above: 0 }));
}

/** A number of at least 0. */
export function nonNegative(
  description: string,
  standard: number,
): WithDefault<number> {
  return withDefault(standard, number({ description, minimum: 0 }));
}

/** The step size of the first step. */
export function initial(standard: number): WithDefault<number> {
  return positive("the step size of the first step", standard);
}

/** The least step size. */
export function minimum(standard: number): WithDefault<number> {
  return nonNegative("the least step size", standard);
}

/** What becomes of negative step sizes. */
export function negative(
  standard: NegativePolicy,
): WithDefault<NegativePolicy> {
  return withDefault(
    standard,
    choice({
      description: "what becomes of a negative step size",
      names: ["allow", "floor", "reflect"],
    }),
  );
}

/** A step size as it is remembered. */
export const remembered: Field<number> = number({
  description: "the step size",
});

/** A step size, and what happened to it. */
export interface Settled {
  /** The step size: finite. */
  readonly rate: number;
  /** What happened. */
  readonly events: ControllerEvent[];
}

/**
 * What stands for a step size that a rule proposes: that before it if the proposal
 * is not finite, what the policy says if it is negative, and never less than the
 * minimum, unless negative ones are allowed.
 *
 * @param proposed The step size.
 * @param before That of the step before.
 * @param limits The least step size, and what becomes of negative ones.
 */
export function settle(
  proposed: number,
  before: number,
  { minimum = 0, negative = "floor" }: {
    readonly minimum?: number;
    readonly negative?: NegativePolicy;
  },
): Settled {
  if (!Number.isFinite(proposed)) {
    const detail = `the rule gives ${proposed}; ${before} stays`;
    return { rate: before, events: [{ event: "not finite", detail }] };
  }
  if (proposed < 0) {
    const rate = negative === "allow"
      ? proposed
      : negative === "floor"
      ? minimum
      : Math.max(-proposed, minimum);
    const detail = `the rule gives ${proposed}; ${rate} is taken`;
    return { rate, events: [{ event: "negative step size", detail }] };
  }
  if (proposed < minimum) {
    const detail = `the rule gives ${proposed}; ${minimum} is taken`;
    return { rate: minimum, events: [{ event: "floor", detail }] };
  }
  return { rate: proposed, events: [] };
}

/** The distance from a number to the next larger one, in an arithmetic. */
export function spacing(value: number, precision: LinePrecision): number {
  const [digits, least] = precision === "float32" ? [23, -126] : [52, -1022];
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return NaN;
  let exponent = Math.max(Math.floor(Math.log2(size)), least);
  // log2 rounds: it may be one off next to a power of two.
  if (2 ** exponent > size && exponent > least) exponent--;
  if (2 ** (exponent + 1) <= size) exponent++;
  return 2 ** (exponent - digits);
}
