/**
 * The momentum of stock optimizers, changed while they train.
 *
 * @module
 */
import { show } from "../text/show.ts";
import type { StockOptimizer } from "./set_learning_rate.ts";
import { assignTensor, setGuarded } from "./stock_number.ts";

/** Where stock optimizers keep their momentum. */
interface HeldMomentum {
  /** Of `tf.train.momentum` and `tf.train.rmsprop`. */
  momentum?: number;
  /** The same of `tf.train.momentum`, as a tensor. */
  m?: unknown;
  /** Of `tf.train.adam` and `tf.train.adamax`. */
  beta1?: number;
}

/**
 * Sets the momentum of a stock optimizer, which keeps all its state.
 *
 * It is μ of `tf.train.momentum` and `rmsprop`, and β₁ of `tf.train.adam` and
 * `adamax`, whose correction of bias takes the product of the β₁ so far. In a
 * function that is compiled by Slope's `compile`, the momentum of
 * `tf.train.momentum` can be changed from call to call if this was called once
 * before compiling; the others refuse to be compiled from then on. Slope's own
 * optimizers take schedules of momentum and decay as options.
 *
 * @param optimizer The optimizer.
 * @param momentum The momentum, in [0, 1).
 * @throws {RangeError} If the momentum is out of range.
 * @throws {TypeError} If the optimizer has no momentum.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { setMomentum } from "./set_momentum.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const optimizer = tf.train.momentum(1, 0.5);
 * const x = tf.variable(tf.scalar(0));
 * const push = () => optimizer.minimize(() => tf.neg(tf.neg(x))); // gradient 1
 * push(); // v = 1, x = -1
 * setMomentum(optimizer, 0.25);
 * push(); // v = 0.25·1 + 1, x = -1 - 1.25
 * ok(Math.abs(x.dataSync()[0]! + 2.25) < 1e-6);
 * optimizer.dispose();
 * x.dispose();
 * ```
 */
export function setMomentum(
  optimizer: StockOptimizer,
  momentum: number,
): void {
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`momentum must be in [0, 1), got ${show(momentum)}`);
  }
  const held = optimizer as unknown as HeldMomentum;
  if (held.m !== undefined) {
    assignTensor(optimizer, "m", momentum);
    held.momentum = momentum;
  } else if (typeof held.momentum === "number") {
    setGuarded(optimizer, "momentum", momentum, "momentum");
  } else if (typeof held.beta1 === "number") {
    setGuarded(optimizer, "beta1", momentum, "momentum");
  } else {
    throw new TypeError(`${optimizer.getClassName()} has no momentum`);
  }
}
