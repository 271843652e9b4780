/**
 * The learning rate of stock optimizers, changed while they train.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { show } from "../text/show.ts";
import { assignTensor, setGuarded } from "./stock_number.ts";

/** An optimizer of TensorFlow.js, as `tf.train.adam()` makes it. */
export type StockOptimizer = tf.Optimizer;

/** Where stock optimizers keep their rate. */
interface HeldRate {
  /** η. */
  learningRate?: number;
  /** −η, of `tf.train.sgd` and `tf.train.momentum`. */
  c?: tf.Tensor;
}

/**
 * Sets the learning rate of a stock optimizer, which keeps all its state: moments,
 * accumulated squares, the number of its steps.
 *
 * It works for `tf.train.sgd`, `momentum`, `rmsprop`, `adagrad`, `adadelta`, `adam`
 * and `adamax`, also inside a model that was compiled with them (`model.optimizer`).
 *
 * In a function that is compiled by Slope's `compile`, the rate of `sgd` and
 * `momentum` can be changed from call to call if this was called once before
 * compiling. The others' rate would become a constant of the compiled function:
 * after this was called once, they refuse to be compiled. Slope's own optimizers
 * take the rate as an input.
 *
 * @param optimizer The optimizer.
 * @param rate The learning rate η, at least 0.
 * @throws {RangeError} If the rate is out of range.
 * @throws {TypeError} If the optimizer has no learning rate.
 *
 * @example Adam goes on at a tenth of its rate
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { setLearningRate } from "./set_learning_rate.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const optimizer = tf.train.adam(0.1);
 * const x = tf.variable(tf.scalar(1));
 * optimizer.minimize(() => x.square() as tf.Scalar);
 * ok(Math.abs(x.dataSync()[0]! - 0.9) < 1e-4); // the first step is as long as η
 * setLearningRate(optimizer, 0.01);
 * optimizer.minimize(() => x.square() as tf.Scalar);
 * ok(Math.abs(x.dataSync()[0]! - 0.89) < 1e-3);
 * optimizer.dispose();
 * x.dispose();
 * ```
 */
export function setLearningRate(optimizer: StockOptimizer, rate: number): void {
  if (!(rate >= 0 && Number.isFinite(rate))) {
    throw new RangeError(`rate must be a number >= 0, got ${show(rate)}`);
  }
  const held = optimizer as unknown as HeldRate;
  if (typeof held.learningRate !== "number") {
    throw new TypeError(`${optimizer.getClassName()} has no learning rate`);
  }
  if (held.c instanceof tf.Tensor) {
    assignTensor(optimizer, "c", -rate);
    held.learningRate = rate;
  } else {
    setGuarded(optimizer, "learningRate", rate, "learning rate");
  }
}
