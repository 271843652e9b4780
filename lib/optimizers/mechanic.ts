import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { adam } from "./adam.ts";
import type { OptimizerFactory } from "./define.ts";
import { innerOptimizer } from "./inner_field.ts";
import type { Optimizer } from "./optimizer.ts";
import {
  begun,
  defineWholeOptimizer,
  inner,
  type WholeDecayOptions,
} from "./whole.ts";
import { from0, over0 } from "./whole_fields.ts";

/** Options of {@linkcode mechanic}. */
export interface MechanicOptions extends WholeDecayOptions {
  /** What it tunes; without weight decay and schedules of its own. @default {adam()} */
  readonly inner?: Optimizer;
  /** s₀, > 0: the first scale. @default {1e-6} */
  readonly start?: number;
  /** Decay relative to the gradient's norm, ≥ 0. @default {0.01} */
  readonly relativeDecay?: number;
  /** ε, > 0. @default {1e-8} */
  readonly epsilon?: number;
}

/** How much a step keeps, in each of the bets: 0.9, 0.99, … */
const KEPT = [0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

/** What is kept of each bet. */
const PARTS = ["reward", "square", "scale", "greatest"];

/**
 * Mechanic: tunes the scale of what another optimizer would do, by six bets that forget
 * at different speeds.
 *
 * With the inner optimizer's sum of steps Δ ← Δ + η·d, h = g̃·Δ of before this step, and for
 * each bet, β = 0.9, 0.99, …: r ← β·r + clip(h, ±m)·s, m ← max(β·m, |h| + ε),
 * v ← β²·v + h², s ← (s₀·m/6 + max(r, 0)) / (√v + ε); then θ ← θ₀ − (Σ s)·Δ. g̃ is the
 * gradient with `relativeDecay`·(Σ s)·‖g‖·θ / (‖θ‖ + ε) added to it. Δ is had from θ: it is
 * not kept.
 *
 * η is the learning rate of the inner optimizer. Slots: θ₀ and those of the inner
 * optimizer; for all: r, v, s and m of each bet.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range, or the inner optimizer depends on more than gradients.
 *
 * @example
 * ```ts
 * import { mechanic } from "./mechanic.ts";
 * import { momentum } from "./sgd.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const optimizer = mechanic({ inner: momentum({ momentum: 0.5 }) });
 * deepStrictEqual(optimizer.slots, ["start", "inner velocity"]);
 * ```
 *
 * Reference: A. Cutkosky, A. Defazio, H. Mehta, 2023, arXiv 2306.00144, algorithm 1.
 *
 * Differs from the paper: h is clipped, as in the authors' and optax's programs.
 */
export const mechanic: OptimizerFactory<MechanicOptions> = defineWholeOptimizer(
  {
    kind: "mechanic",
    summary: "Tunes the scale of what another optimizer would do.",
    formula: "θ ← θ₀ − (Σ s)·Δ",
    fields: {
      inner: innerOptimizer({ description: "what it tunes", standard: adam() }),
      start: over0("the first scale, s₀", 1e-6),
      relativeDecay: from0("decay relative to the gradient's norm", 0.01),
      epsilon: over0("what is added to denominators, ε", 1e-8),
    },
    slots: ({ inner: base = adam() }) => [
      "start",
      ...base.slots.map((slot) => `inner ${slot}`),
    ],
    shared: PARTS.flatMap((part) => KEPT.map((_, i) => `${part} ${i + 1}`)),
    step(options, { parameters, gradients, slots, shared, ...rest }) {
      const { learningRate, first, step } = rest;
      const { inner: base = adam(), start: s0, relativeDecay, epsilon } =
        options;
      const [r, v, kept, m] = PARTS.map((_, i) =>
        tf.stack(shared.slice(i * KEPT.length, (i + 1) * KEPT.length))
      ) as [Tensor, Tensor, Tensor, Tensor];
      const s = begun(kept, first, s0);
      const scale = tf.sum(s);
      const starts = parameters.map((p, i) => begun(slots[i]![0]!, first, p));
      const decay = tf.div(
        tf.mul(tf.mul(scale, relativeDecay), norm(gradients)),
        tf.add(norm(parameters), epsilon),
      );
      const seen = gradients.map((g, i) =>
        tf.add(g, tf.mul(decay, parameters[i]!))
      );
      const before = parameters.map((p, i) =>
        tf.div(tf.sub(starts[i]!, p), tf.add(scale, epsilon))
      );
      const h = inner(seen, before);
      const clipped = tf.minimum(tf.maximum(h, tf.neg(m)), m);
      const beta = tf.stack(KEPT.map((share) => tf.scalar(share)));
      const greatest = tf.maximum(tf.mul(beta, m), tf.add(tf.abs(h), epsilon));
      const square = tf.add(tf.mul(tf.square(beta), v), tf.square(h));
      const reward = tf.add(tf.mul(beta, r), tf.mul(clipped, s));
      const wealth = tf.add(
        tf.div(tf.mul(greatest, s0), KEPT.length),
        tf.maximum(reward, 0),
      );
      const next = tf.div(wealth, tf.add(tf.sqrt(square), epsilon));
      const sum = tf.sum(next);
      const stepped = parameters.map((_, i) => {
        const { direction, slots: own } = base.direction(
          gradients[i]!,
          slots[i]!.slice(1),
          { learningRate, step },
        );
        const delta = tf.add(before[i]!, tf.mul(learningRate, direction));
        return {
          parameter: tf.sub(starts[i]!, tf.mul(sum, delta)),
          slots: [starts[i]!, ...own],
        };
      });
      return {
        parameters: stepped.map(({ parameter }) => parameter),
        slots: stepped.map((one) => one.slots),
        shared: [reward, square, next, greatest].flatMap((part) =>
          tf.unstack(part)
        ),
      };
    },
  },
);

/** The norm of all parameters together. */
function norm(tensors: readonly Tensor[]): Tensor {
  return tf.sqrt(inner(tensors, tensors));
}
