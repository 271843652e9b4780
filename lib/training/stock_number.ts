/**
 * Numbers of stock optimizers, changed while they train.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { currentTensorFlowBackend } from "../runtime/state.ts";

/** An optimizer's own fields. */
type Held = Record<string, unknown>;

/**
 * Assigns a number that an optimizer keeps as a tensor: a variable takes the place
 * of its constant, so that compiled steps read it afresh.
 */
export function assignTensor(
  optimizer: tf.Optimizer,
  key: string,
  value: number,
): void {
  const held = optimizer as unknown as Held;
  const constant = held[key] as tf.Tensor;
  if (!(constant instanceof tf.Variable)) {
    held[key] = tf.variable(constant, false);
    constant.dispose();
  }
  tf.tidy(() => (held[key] as tf.Variable).assign(tf.scalar(value)));
}

/** The numbers that are guarded, by optimizer and field. */
const guarded = new WeakMap<tf.Optimizer, Map<string, number>>();

/**
 * Sets a number that an optimizer keeps as a number. From then on the optimizer
 * refuses to be compiled, which would make the number a constant.
 *
 * @param what What the number is, for messages.
 */
export function setGuarded(
  optimizer: tf.Optimizer,
  key: string,
  value: number,
  what: string,
): void {
  const numbers = guarded.get(optimizer) ?? new Map<string, number>();
  guarded.set(optimizer, numbers);
  if (!numbers.has(key)) {
    Object.defineProperty(optimizer, key, {
      configurable: true,
      enumerable: true,
      get() {
        if (currentTensorFlowBackend()?.backend.recording) {
          throw new TypeError(
            `the ${what} of ${optimizer.getClassName()} would be a constant of the compiled function: call the optimizer outside, or use sgd, momentum or Slope's optimizers`,
          );
        }
        return numbers.get(key);
      },
      set: (next: number) => numbers.set(key, next),
    });
  }
  numbers.set(key, value);
}
