/**
 * What a function may not do while it is recorded, since it would happen once and
 * not at each call.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** The engine's methods that are replaced meanwhile. */
interface Engine {
  makeVariable: unknown;
  disposeVariable: unknown;
  disposeTensor: (tensor: tf.Tensor) => void;
  keep: (tensor: tf.Tensor) => tf.Tensor;
}

function refuse(deed: string, remedy: string): never {
  throw new TypeError(`A compiled function cannot ${deed}: ${remedy}`);
}

/**
 * Runs a function in which making and disposing variables, disposing tensors from
 * outside, keeping tensors, and random numbers without a seed throw a `TypeError`.
 *
 * A variable that is assigned another takes its value by an operation, since data
 * that change hands without one could not be followed.
 *
 * @param wouldFree Whether disposing a tensor would free data from outside.
 */
export function withoutSideEffects<T>(
  f: () => T,
  wouldFree: (tensor: tf.Tensor) => boolean,
): T {
  const engine = tf.engine() as unknown as Engine;
  const { disposeTensor, keep } = engine;
  const start = tf.tidy(() => tf.scalar(0).id); // ids count up
  const kept: tf.Tensor[] = [];
  const forgotten = () => kept.filter((tensor) => !tensor.isDisposed);
  const { random } = Math;
  const { assign } = tf.Variable.prototype;
  Math.random = () =>
    refuse(
      "draw random numbers without a seed",
      "they would be the same at each call; use randomUniform or dropout of Slope, with a seed that is an argument",
    );
  const replacements: Engine = {
    makeVariable: () =>
      refuse(
        "make variables",
        "make them before compile(), those of an optimizer by applying it once outside",
      ),
    disposeVariable: () =>
      refuse("dispose a variable", "dispose it outside of compile()"),
    disposeTensor(tensor: tf.Tensor): void {
      if (wouldFree(tensor)) {
        refuse(
          "dispose a tensor from outside",
          "dispose it outside of compile()",
        );
      }
      disposeTensor.call(engine, tensor);
    },
    // Gradients keep tensors too, until they are done.
    keep(tensor: tf.Tensor): tf.Tensor {
      if (tensor.id > start) kept.push(tensor);
      return keep.call(engine, tensor);
    },
  };
  Object.assign(engine, replacements);
  tf.Variable.prototype.assign = function (value): void {
    assign.call(this, value instanceof tf.Variable ? tf.clone(value) : value);
  };
  try {
    const result = f();
    if (forgotten().length > 0) refuse("keep tensors (tf.keep)", "return them");
    return result;
  } finally {
    Math.random = random;
    tf.Variable.prototype.assign = assign;
    // The class's own methods come to light again.
    for (const name of Object.keys(replacements)) {
      delete engine[name as keyof Partial<Engine>];
    }
    tf.dispose(forgotten());
  }
}
