/**
 * Weights of a model that are about to be read: zeros, and no more of them than
 * the file has values.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** How many values files that are being read still have, by a number of theirs. */
const left = new Map<number, number>();
let files = 0;

/** Zeros that are counted. */
class StoredInitialiser extends tf.serialization.Serializable {
  /** The name it is deserialised by. */
  static className = "SlopeStored";
  readonly #file: number;

  /** @param options The number of the file. */
  constructor({ file }: { file: number }) {
    super();
    this.#file = file;
  }

  /** Zeros of a shape; throws a SyntaxError if the file has no such number. */
  apply(shape: tf.Shape): tf.Tensor {
    const sizes = shape.map(Number);
    const size = sizes.reduce((product, n) => product * n, 1);
    const rest = (left.get(this.#file) ?? 0) - size;
    if (!(rest >= 0) || sizes.some((n) => !(n >= 0))) {
      throw new SyntaxError(
        `a weight of shape [${sizes}] is described, but the file has fewer values`,
      );
    }
    left.set(this.#file, rest);
    return tf.zeros(sizes);
  }

  /** Its plain form. */
  getConfig(): tf.serialization.ConfigDict {
    return { file: this.#file };
  }
}

tf.serialization.registerClass(StoredInitialiser);

/** Initialisers of all weights of layers that TensorFlow.js has. */
const options = [
  "alpha",
  "beta",
  "bias",
  "depthwise",
  "embeddings",
  "gamma",
  "kernel",
  "moving_mean",
  "moving_variance",
  "pointwise",
  "recurrent",
].map((weight) => `${weight}_initializer`);

/**
 * Does something while described models may have so many values and no more.
 *
 * @param values The values that the file has.
 * @param work Is given the options that each layer needs for that.
 */
export function withValueLimit<T>(
  values: number,
  work: (initialisers: Record<string, unknown>) => T,
): T {
  const file = files++;
  left.set(file, values);
  try {
    return work(Object.fromEntries(
      options.map((
        option,
      ) => [option, { class_name: "SlopeStored", config: { file } }]),
    ));
  } finally {
    left.delete(file);
  }
}

/** Gives a layer TensorFlow.js's own zeros for the ones that were counted. */
export function forgetLimit(layer: tf.layers.Layer): void {
  for (const [key, value] of Object.entries(layer)) {
    if (value instanceof StoredInitialiser) {
      Reflect.set(layer, key, tf.initializers.zeros());
    }
  }
}
