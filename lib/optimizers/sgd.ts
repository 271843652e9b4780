/**
 * Gradient descent, plain and with momentum.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type DecayOptions, type Optimizer, optimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent: the direction is the gradient.
 *
 * θ ← θ − η·(w·g + λ·θ); coupled and decoupled decay are the same here.
 *
 * @example
 * ```ts
 * import { sgd } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(sgd({ weightDecay: 1e-4 }).spec.kind, "sgd");
 * ```
 *
 * Reference: H. Robbins, S. Monro, Ann. Math. Statist. 22, 1951.
 */
export function sgd(options: DecayOptions = {}): Optimizer {
  return optimizer("sgd", {}, options, {
    slots: [],
    direction: (gradient) => ({ direction: gradient, slots: [] }),
  });
}

/** Options of {@linkcode momentum} and {@linkcode nesterov}. */
export interface MomentumOptions extends DecayOptions {
  /** Momentum μ in [0, 1). @default {0.9} */
  momentum?: number;
}

function checked(momentum: number): number {
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`momentum must be in [0, 1), got ${momentum}`);
  }
  return momentum;
}

/**
 * Heavy-ball momentum, with the learning rate outside of the velocity, as in
 * PyTorch: v ← μ·v + g, direction v.
 *
 * Slots: the velocity v, of the parameter's shape, 0 at first.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example Two steps under a constant gradient of 1: v is 1, then 1.5
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { momentum } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const { direction } = momentum({ momentum: 0.5 });
 * const gradient = tf.scalar(1), step = tf.scalar(1);
 * const first = direction(gradient, [tf.scalar(0)], step);
 * const second = direction(gradient, first.slots, step);
 * strictEqual(second.direction.dataSync()[0], 1.5);
 * ```
 *
 * Reference: B. Polyak, USSR Comput. Math. and Math. Phys. 4, 1964.
 */
export function momentum(options: MomentumOptions = {}): Optimizer {
  const { momentum: mu = 0.9 } = options;
  checked(mu);
  return optimizer("momentum", { momentum: mu }, options, {
    slots: ["velocity"],
    direction(gradient, [velocity]) {
      const next = tf.add(tf.mul(velocity!, mu), gradient);
      return { direction: next, slots: [next] };
    },
  });
}

/**
 * Nesterov's momentum in PyTorch's form: v ← μ·v + g, direction g + μ·v.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example The first step looks ahead: g + μ·g
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { nesterov } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const { direction } = nesterov({ momentum: 0.5 });
 * const first = direction(tf.scalar(1), [tf.scalar(0)], tf.scalar(1));
 * strictEqual(first.direction.dataSync()[0], 1.5);
 * ```
 *
 * Differs from the paper: the velocity holds no learning rate, so that a schedule
 * acts at once; at a constant rate the parameters are those of the paper's
 * look-ahead points.
 *
 * Reference: I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013, section 2.
 */
export function nesterov(options: MomentumOptions = {}): Optimizer {
  const { momentum: mu = 0.9 } = options;
  checked(mu);
  return optimizer("nesterov", { momentum: mu }, options, {
    slots: ["velocity"],
    direction(gradient, [velocity]) {
      const next = tf.add(tf.mul(velocity!, mu), gradient);
      return { direction: tf.add(gradient, tf.mul(next, mu)), slots: [next] };
    },
  });
}
