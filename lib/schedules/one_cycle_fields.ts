/**
 * What the one-cycle schedules of the learning rate and of the momentum share.
 *
 * @module
 */
import { choice, length, number, withDefault } from "./field.ts";

/** The options of a cycle. */
export interface OneCycleShape {
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The share of the length at which the cycle turns, 0 to 1. Default 0.3. */
  readonly rise?: number;
  /** Two or three phases. Default 2. */
  readonly phases?: number;
  /** The shape of each way. Default `cosine`. */
  readonly shape?: "cosine" | "linear";
}

/** The options as fields. */
export const oneCycleFields = {
  steps: length("the length T"),
  rise: withDefault(
    0.3,
    number({
      description: "the share of T at which the cycle turns",
      minimum: 0,
      maximum: 1,
    }),
  ),
  phases: withDefault(
    2,
    number({
      description: "how many phases it has",
      minimum: 2,
      maximum: 3,
      integer: true,
    }),
  ),
  shape: withDefault(
    "cosine",
    choice({
      description: "the shape of each way",
      names: ["cosine", "linear"],
    }),
  ),
} as const;

/**
 * The step at which a cycle turns, and with three phases that at which it is
 * back.
 *
 * @throws {RangeError} If there is no room for three phases.
 */
export function cyclePeak(
  { steps, rise, phases }: Required<OneCycleShape>,
  path: (name: "rise") => string,
): { readonly top: number; readonly back?: number } {
  if (phases === 2) return { top: rise * steps };
  if (rise > 0.5) {
    throw new RangeError(
      `${path("rise")} must be ≤ 0.5 with three phases, got ${rise}`,
    );
  }
  return { top: rise * steps, back: 2 * rise * steps };
}
