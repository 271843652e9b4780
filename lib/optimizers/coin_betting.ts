import * as tf from "@tensorflow/tfjs";
import type { OptimizerFactory } from "./define.ts";
import {
  begun,
  defineWholeOptimizer,
  type WholeDecayOptions,
} from "./whole.ts";
import { over0 } from "./whole_fields.ts";

/** Options of {@linkcode coinBetting}. */
export interface CoinBettingOptions extends WholeDecayOptions {
  /** α, > 0: how slowly betting begins. @default {100} */
  readonly alpha?: number;
  /** The least scale of a gradient, > 0. @default {1e-8} */
  readonly epsilon?: number;
}

/**
 * COCOB: each parameter bets on the sign of its gradient, with no learning rate.
 *
 * With c = η·g for each coordinate: L ← max(L, |c|), G ← G + |c|,
 * R ← max(R − c·(θ − θ₀), 0), S ← S − c, θ ← θ₀ + S / (L·max(G + L, α·L))·(L + R). η is the
 * learning rate, a factor: 1. Slots: θ₀, S, L, G and R.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { coinBetting } from "./coin_betting.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(coinBetting().spec.alpha, 100);
 * ```
 *
 * Reference: F. Orabona, T. Tommasi, 2017, arXiv 1705.07795, algorithm 2.
 */
export const coinBetting: OptimizerFactory<CoinBettingOptions> =
  defineWholeOptimizer({
    kind: "coinBetting",
    summary: "Each parameter bets on the sign of its gradient.",
    formula: "θ ← θ₀ + S / (L·max(G + L, α·L))·(L + R)",
    fields: {
      alpha: over0("how slowly betting begins, α", 100),
      epsilon: over0("the least scale of a gradient", 1e-8),
    },
    slots: ["start", "sum", "scale", "total", "reward"],
    shared: [],
    step(options, { parameters, gradients, slots, learningRate, first }) {
      const stepped = parameters.map((p, i) => {
        const kept = slots[i]!;
        const c = tf.mul(learningRate, gradients[i]!);
        const size = tf.abs(c);
        const start = begun(kept[0]!, first, p);
        const sum = tf.sub(kept[1]!, c);
        const scale = tf.maximum(
          tf.maximum(kept[2]!, options.epsilon),
          size,
        );
        const total = tf.add(kept[3]!, size);
        const reward = tf.maximum(
          tf.sub(kept[4]!, tf.mul(c, tf.sub(p, start))),
          0,
        );
        const share = tf.mul(
          scale,
          tf.maximum(tf.add(total, scale), tf.mul(scale, options.alpha)),
        );
        const bet = tf.mul(tf.div(sum, share), tf.add(scale, reward));
        return {
          parameter: tf.add(start, bet),
          slots: [start, sum, scale, total, reward],
        };
      });
      return {
        parameters: stepped.map(({ parameter }) => parameter),
        slots: stepped.map(({ slots }) => slots),
        shared: [],
      };
    },
  });
