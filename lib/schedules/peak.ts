/**
 * What the Gaussian and the Laplacian schedule share: both are a power of the
 * distance from the middle, in the exponent.
 *
 * @module
 */
import type { Curve } from "./define.ts";
import { flag, length, number, optional, withDefault } from "./field.ts";

/** Options of `gaussian` and `laplacian`. */
export interface PeakOptions {
  /** The greatest value, γmax, in the middle of the whole curve; > 0. */
  readonly peak: number;
  /** The value at the end of the curve, γmin; > 0 and < peak. */
  readonly end: number;
  /**
   * The value at step 0, γstart, from `end` to `peak`: what comes before it is
   * left out. Default: `end`, the whole curve.
   */
  readonly start?: number;
  /** The length T of the whole curve, an integer ≥ 1. */
  readonly steps: number;
  /**
   * Whether the part that `start` leaves is stretched to T steps. If not, it
   * keeps its pace and the schedule is shorter. Default `true`.
   */
  readonly stretch?: boolean;
}

/** The options as fields. */
export const peakFields = {
  peak: number({ description: "the greatest value γmax", above: 0 }),
  end: number({ description: "the value at the end γmin", above: 0 }),
  start: optional(
    number({
      description: "the value at step 0 γstart, end ≤ start ≤ peak",
      above: 0,
    }),
    { ifMissing: "that of end" },
  ),
  steps: length("the length T of the whole curve"),
  stretch: withDefault(
    true,
    flag({ description: "whether what start leaves fills T steps" }),
  ),
} as const;

/**
 * The curve γmax·(γmin/γmax)^(|2s − 1|ᵖ), where s runs from 0 to 1 over the
 * whole curve: a Gaussian for p = 2, a Laplacian for p = 1.
 *
 * It has the value γstart at s = ½·(1 − r^(1/p)), r = ln(γstart/γmax) /
 * ln(γmin/γmax), where the schedule begins.
 *
 * @param options The options, checked one by one.
 * @param power The power p.
 * @param path The path of an option, for messages.
 * @throws {RangeError} If the values are not in order.
 */
export function peakCurve(
  { peak, end, start = end, steps, stretch }:
    & Required<Omit<PeakOptions, "start">>
    & { readonly start?: number | undefined },
  power: number,
  path: (name: keyof PeakOptions) => string,
): Curve {
  if (end >= peak) {
    throw new RangeError(
      `${path("end")} must be < peak, which is ${peak}, got ${end}`,
    );
  }
  if (start < end || start > peak) {
    throw new RangeError(
      `${
        path("start")
      } must be from end to peak, ${end} to ${peak}, got ${start}`,
    );
  }
  const ratio = Math.log(start / peak) / Math.log(end / peak);
  const offset = (1 - ratio ** (1 / power)) / 2;
  const share = 1 - offset;
  return {
    steps: stretch ? steps : Math.ceil(share * steps),
    at(t) {
      const s = stretch ? offset + share * (t / steps) : offset + t / steps;
      const distance = Math.abs(2 * Math.min(s, 1) - 1) ** power;
      return peak ** (1 - distance) * end ** distance;
    },
  };
}
