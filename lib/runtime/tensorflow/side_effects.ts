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
}

function refuse(deed: string, remedy: string): never {
  throw new TypeError(`A compiled function cannot ${deed}: ${remedy}`);
}

/**
 * Runs a function in which making and disposing variables, disposing tensors from
 * outside, and random numbers without a seed throw a `TypeError` at once.
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
  const { disposeTensor } = engine;
  const { random } = Math;
  const { assign } = tf.Variable.prototype;
  Math.random = () =>
    refuse(
      "draw random numbers without a seed",
      "they would be the same at each call; use randomUniform or dropout of Slope, with a seed that is an argument",
    );
  Object.assign(engine, {
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
  });
  tf.Variable.prototype.assign = function (value): void {
    assign.call(this, value instanceof tf.Variable ? tf.clone(value) : value);
  };
  try {
    return f();
  } finally {
    Math.random = random;
    tf.Variable.prototype.assign = assign;
    // The class's own methods come to light again.
    for (const key of ["makeVariable", "disposeVariable", "disposeTensor"]) {
      delete engine[key as keyof Partial<Engine>];
    }
  }
}
