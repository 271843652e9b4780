/**
 * Adam, and what differs from it in one thing: AdamW and AMSGrad.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import {
  type Current,
  defineOptimizer,
  type OptimizerFactory,
} from "./define.ts";
import { share, small } from "./fields.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";
import type { DecayOptions } from "./optimizer.ts";

/** Options of {@linkcode adam}, {@linkcode adamw} and {@linkcode amsgrad}. */
export interface AdamOptions extends DecayOptions {
  /** How much of the mean a step keeps, β₁ in [0, 1). @default {0.9} */
  readonly beta1?: Hyperparameter;
  /** How much of the mean square a step keeps, β₂ in [0, 1). @default {0.999} */
  readonly beta2?: Hyperparameter;
  /** Added to the root, ε over 0. @default {1e-8} */
  readonly epsilon?: Hyperparameter;
}

/** The fields of Adam and its kin, which differ in ε. */
export function adamFields(epsilon: number) {
  return {
    beta1: share("how much of the mean a step keeps, β₁", 0.9),
    beta2: share("how much of the mean square a step keeps, β₂", 0.999),
    epsilon: small("what is added to the root, ε", epsilon),
  };
}

/** 1 − βᵗ: what a mean of t steps lacks, having begun at 0. */
export function biasCorrection(beta: Current, step: Tensor): Tensor {
  return tf.sub(1, tf.pow(beta, step));
}

/** A mean and a root mean square, without their bias, as a direction. */
export function unbiased(
  mean: Tensor,
  meanSquare: Tensor,
  { beta1, beta2, epsilon }: {
    readonly beta1: Current;
    readonly beta2: Current;
    readonly epsilon: Current;
  },
  step: Tensor,
): Tensor {
  const square = tf.div(meanSquare, biasCorrection(beta2, step));
  return tf.div(
    tf.div(mean, biasCorrection(beta1, step)),
    tf.add(tf.sqrt(square), epsilon),
  );
}

/** Adam's rule, under the names and defaults of a kind. */
function adamLike(
  { kind, summary, formula, decay }: {
    readonly kind: string;
    readonly summary: string;
    readonly formula: string;
    readonly decay?: {
      readonly weightDecay: number;
      readonly decay: "decoupled";
    };
  },
): OptimizerFactory<AdamOptions> {
  return defineOptimizer({
    kind,
    summary,
    formula,
    fields: adamFields(1e-8),
    ...decay ? { decay } : {},
    slots: () => ["mean", "meanSquare"],
    direction(gradient, [mean, meanSquare], options, { step }) {
      const m = mix(mean!, gradient, options.beta1);
      const s = mix(meanSquare!, tf.square(gradient), options.beta2);
      return { direction: unbiased(m, s, options, step), slots: [m, s] };
    },
  });
}

/**
 * Adam in PyTorch's form: m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g²,
 * direction (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε) at step t, from 1, where g is
 * the gradient, β₁ `beta1` and β₂ `beta2` in [0, 1), and ε the `epsilon`, > 0. With
 * `decay: "decoupled"` it is {@linkcode adamw}.
 *
 * Slots: the mean m and the mean square s, of the parameter's shape, 0 at first.
 * Where a schedule decides a β, the correction takes its present value.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step is of length 1, whatever the gradient
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adam } from "./adam.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction } = adam();
 * const slots = [tf.scalar(0), tf.scalar(0)];
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.scalar(-7), slots, numbers);
 * ok(Math.abs(first.direction.dataSync()[0]! + 1) < 1e-4);
 * ```
 *
 * Reference: D. Kingma, J. Ba, 2014, arXiv 1412.6980, algorithm 1.
 */
export const adam: OptimizerFactory<AdamOptions> = adamLike({
  kind: "adam",
  summary: "The mean of gradients over the root of the mean of their squares.",
  formula:
    "m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g², d = m/(1 − β₁ᵗ) / (√(s/(1 − β₂ᵗ)) + ε)",
});

/**
 * Adam with decoupled weight decay, 0.01 unless told otherwise:
 * θ ← θ − η·(d + λ·θ), where θ is a parameter, η the learning rate, λ the
 * `weightDecay`, and d the direction of {@linkcode adam}.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step from 2, whatever the gradient: 2 − 0.1·(1 + 0.5·2)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adamw } from "./adam.ts";
 * import { update } from "./optimizer.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const rule = adamw({ weightDecay: 0.5 });
 * const slots = [tf.scalar(0), tf.scalar(0)];
 * const { parameter } = update(rule, "kernel", tf.scalar(2), tf.scalar(7), slots, {
 *   learningRate: tf.scalar(0.1),
 *   gradientWeight: undefined,
 *   step: tf.scalar(1),
 * });
 * ok(Math.abs(parameter.dataSync()[0]! - 1.8) < 1e-6);
 * ```
 *
 * Differs from the paper: the decay is multiplied by the learning rate η, as in
 * PyTorch, where the paper has a schedule multiplier of its own.
 *
 * Reference: I. Loshchilov, F. Hutter, 2017, arXiv 1711.05101, algorithm 2.
 */
export const adamw: OptimizerFactory<AdamOptions> = adamLike({
  kind: "adamw",
  summary: "Adam with decoupled weight decay.",
  formula: "θ ← θ − η·(d + λ·θ), d as in adam",
  decay: { weightDecay: 0.01, decay: "decoupled" },
});

/**
 * Adam whose mean square never falls: ŝ ← max(ŝ, s), direction
 * (m / (1 − β₁ᵗ)) / (√(ŝ / (1 − β₂ᵗ)) + ε), with m and s as in {@linkcode adam}.
 *
 * Slots: m, s and their maximum ŝ, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example After a large gradient, small ones move less than under Adam
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adam, amsgrad } from "./adam.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const lengthAt20 = ({ direction, slots }: ReturnType<typeof adam>) => {
 *   let state = slots.map(() => tf.scalar(0) as tf.Tensor), length = 0;
 *   for (let step = 1; step <= 20; step++) {
 *     const next = direction(tf.scalar(step === 1 ? 10 : 0.1), state, {
 *       learningRate: tf.scalar(1),
 *       step: tf.scalar(step),
 *     });
 *     state = next.slots;
 *     length = next.direction.dataSync()[0]!;
 *   }
 *   return length;
 * };
 * ok(lengthAt20(amsgrad({ beta2: 0.8 })) < lengthAt20(adam({ beta2: 0.8 })));
 * ```
 *
 * Differs from the paper: both means are corrected for their bias, as in PyTorch.
 *
 * Reference: S. Reddi, S. Kale, S. Kumar, ICLR 2018, arXiv 1904.09237, algorithm 2.
 */
export const amsgrad: OptimizerFactory<AdamOptions> = defineOptimizer({
  kind: "amsgrad",
  summary: "Adam whose mean square never falls.",
  formula: "ŝ ← max(ŝ, s), d = m/(1 − β₁ᵗ) / (√(ŝ/(1 − β₂ᵗ)) + ε)",
  fields: adamFields(1e-8),
  slots: () => ["mean", "meanSquare", "maximum"],
  direction(gradient, [mean, meanSquare, maximum], options, { step }) {
    const m = mix(mean!, gradient, options.beta1);
    const s = mix(meanSquare!, tf.square(gradient), options.beta2);
    const top = tf.maximum(maximum!, s);
    return { direction: unbiased(m, top, options, step), slots: [m, s, top] };
  },
});
