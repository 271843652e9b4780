/**
 * Weights that are set once an epoch.
 *
 * @module
 */
import { type Field, number, optional } from "../schedules/field.ts";

/** The option of a weight that is held through each epoch. */
export const stepsPerEpoch: Field<number | undefined, number> & {
  readonly optional: true;
} = optional(
  number({
    description:
      "the length of an epoch E; with it the weight is held through each epoch",
    unit: "steps",
    minimum: 1,
  }),
);

/** The step whose weight a step has: its own, or that at its epoch's start. */
export function weighedStep(
  step: number,
  perEpoch: number | undefined,
): number {
  return perEpoch === undefined ? step : perEpoch * Math.floor(step / perEpoch);
}
