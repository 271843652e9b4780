import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";
import {
  mirrored,
  type ShapeName,
  shapeName,
  shapes,
  through,
} from "./shape.ts";

/** Options of {@linkcode warmUpStableDecay}. */
export interface WarmUpStableDecayOptions {
  /** The value at step 0. Default 0. */
  readonly start?: number;
  /** The value of the stable part. */
  readonly peak: number;
  /** The value at the end. Default 0. */
  readonly end?: number;
  /** The steps of the warm-up W, an integer ≥ 0. */
  readonly warmUp: number;
  /** The steps of the decay D, an integer ≥ 0; W + D ≤ steps. */
  readonly decay: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The shape of the warm-up, as that of a decay backwards. Default `linear`. */
  readonly warmUpShape?: ShapeName;
  /** The shape of the decay. Default `linear`. */
  readonly decayShape?: ShapeName;
}

/**
 * A warm-up, a stable part, and a decay of one of three shapes (WSD).
 *
 * η(t) = start + (peak − start)·g(1 − t/W) for t < W, peak up to T − D, and
 * end + (peak − end)·g(s), s = (t − (T − D))/D, from there on, where t is the
 * step, W the length of the warm-up, D that of the decay and T that of the whole.
 * The shape g is `linear` 1 − s, `cosine` ½·(1 + cos πs) or `oneMinusSquareRoot`
 * 1 − √s, for each part its own.
 *
 * @param options The three values, the steps of the parts, and their shapes.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or warm-up and decay are longer than the whole.
 *
 * @example
 * ```ts
 * import { warmUpStableDecay } from "./warm_up_stable_decay.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = warmUpStableDecay({
 *   peak: 0.5,
 *   warmUp: 100,
 *   decay: 200,
 *   steps: 1000,
 *   decayShape: "oneMinusSquareRoot",
 * });
 *
 * strictEqual(schedule(50), 0.25);
 * strictEqual(schedule(800), 0.5);
 * strictEqual(schedule(850), 0.25);
 * strictEqual(schedule(1000), 0);
 * ```
 *
 * Reference: S. Hu et al., "MiniCPM: Unveiling the potential of small language
 * models with scalable training strategies", 2024, arXiv 2404.06395, section 4;
 * 1 − √s: A. Hägele et al., "Scaling laws and compute-optimal training beyond
 * fixed training durations", 2024, arXiv 2405.18392, section 3.
 */
export const warmUpStableDecay: ScheduleFactory<WarmUpStableDecayOptions> =
  defineSchedule({
    kind: "warmUpStableDecay",
    summary: "A warm-up, a stable part, and a decay of one of three shapes.",
    formula: "η(t) = start + (peak − start)·g(1 − t/W) for t < W; peak; " +
      "end + (peak − end)·g((t − (T − D))/D) for t > T − D; " +
      "g(s) = 1 − s, ½·(1 + cos πs) or 1 − √s",
    fields: {
      start: withDefault(0, number({ description: "the value at step 0" })),
      peak: number({ description: "the value of the stable part" }),
      end: withDefault(0, number({ description: "the value at the end" })),
      warmUp: number({
        description: "the length of the warm-up W",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
      decay: number({
        description: "the length of the decay D",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
      steps: length("the length T"),
      warmUpShape: withDefault(
        "linear",
        shapeName({ description: "the shape of the warm-up" }),
      ),
      decayShape: withDefault(
        "linear",
        shapeName({ description: "the shape of the decay" }),
      ),
    },
    curve(values, path) {
      const { start, peak, end, warmUp, decay, steps } = values;
      if (warmUp + decay > steps) {
        throw new RangeError(
          `${path("warmUp")} and ${
            path("decay")
          } must be ≤ ${steps} together, the steps of the whole, got ${
            warmUp + decay
          }`,
        );
      }
      const at = through([
        { step: 0, value: start, shape: mirrored(shapes[values.warmUpShape]) },
        { step: warmUp, value: peak },
        { step: steps - decay, value: peak, shape: shapes[values.decayShape] },
        ...decay > 0 ? [{ step: steps, value: end }] : [],
      ]);
      return { steps, at };
    },
  });
