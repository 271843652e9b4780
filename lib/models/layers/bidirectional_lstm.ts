/**
 * Long short-term memory that reads words forwards and backwards.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkSize } from "../check.ts";
import { fanInUniform, type Initialiser } from "../initialisers.ts";
import type { LayerFactory, ParameterSpec } from "../network.ts";
import { bothWays, PADDING } from "./token_ids.ts";

/** Options of {@linkcode bidirectionalLstm}. */
export interface BidirectionalLstmOptions {
  /** How many ids there are, padding and unknown words among them. */
  vocabulary: number;
  /** Numbers a word becomes. */
  embedding: number;
  /** Units of each direction. */
  units: number;
  /** Initial embeddings, `[vocabulary, embedding]`. */
  embeddings: Initialiser;
}

/** What the input gate of padding is moved by: it is shut to the last bit. */
const SHUT = -1e4;

/** The parameters of a direction. */
function direction(
  name: string,
  { embedding, units }: BidirectionalLstmOptions,
): ParameterSpec[] {
  const initialise = fanInUniform(units);
  const kernel = (of: string, inputs: number): ParameterSpec => ({
    name: `${name}/${of}`,
    shape: [inputs, 4 * units],
    role: "kernel",
    filterAxis: 1,
    initialise,
  });
  return [
    kernel("kernel", embedding),
    kernel("recurrentKernel", units),
    {
      name: `${name}/bias`,
      shape: [4 * units],
      role: "bias",
      filterAxis: 0,
      initialise,
    },
  ];
}

/** A step: the memory c and the output h after a word; gates i, f, o and candidate g. */
function step(
  gates: Tensor,
  recurrent: Tensor,
  units: number,
  before: { c: Tensor; h: Tensor } | undefined,
): { c: Tensor; h: Tensor } {
  const z = before
    ? tf.add(gates, tf.matMul(before.h as tf.Tensor3D, recurrent))
    : gates;
  const [gated, candidate] = tf.split(z, [3 * units, units], 2);
  const [i, f, o] = tf.split(tf.sigmoid(gated!), 3, 2);
  const written = tf.mul(i!, tf.tanh(candidate!));
  const c = before ? tf.add(tf.mul(f!, before.c), written) : written;
  return { c, h: tf.mul(o!, tf.tanh(c)) };
}

/**
 * Words become vectors, which an LSTM reads from the first to the last and another
 * from the last to the first; the output is what both hold at their ends. With x the
 * vector of a word and σ the logistic function, each does
 *
 * ```math
 * (i, f, o, g) = (σ, σ, σ, \tanh)(x·W + h·U + b) \qquad
 * c ← f·c + i·g \qquad h ← o·\tanh c
 * ```
 *
 * from c = h = 0. Inputs are ids `[batch, length]` with 0 in front of shorter
 * sequences, where c and h stay 0; ids that are not in the vocabulary become 1.
 * The output is `[batch, 2·units]`.
 *
 * Both directions run side by side, and all words are multiplied with W at once, so
 * that a step is one product and eleven small operations.
 *
 * @throws {RangeError} If a size is out of range; the factory, if the input is no
 * sequence.
 *
 * Reference: S. Hochreiter, J. Schmidhuber, Neural Computation 9, 1997, with the
 * forget gate of F. Gers, J. Schmidhuber, F. Cummins, Neural Computation 12, 2000;
 * M. Schuster, K. Paliwal, IEEE Trans. Signal Processing 45, 1997. Kernels and biases
 * begin uniform in ±1/√units, as PyTorch's; it has two biases, whose sum is b.
 */
export function bidirectionalLstm(
  options: BidirectionalLstmOptions,
): LayerFactory {
  const { vocabulary, embedding, units } = options;
  checkSize("vocabulary", vocabulary);
  checkSize("embedding", embedding);
  checkSize("units", units);
  return (inputShape) => {
    const [length = 0] = inputShape;
    if (inputShape.length !== 1) {
      throw new RangeError(
        `an LSTM needs sequences [length] of token ids, got [${inputShape}]`,
      );
    }
    return {
      outputShape: [2 * units],
      parameters: [
        {
          name: "embedding",
          shape: [vocabulary, embedding],
          role: "kernel",
          filterAxis: 0,
          initialise: options.embeddings,
        },
        ...direction("forward", options),
        ...direction("backward", options),
      ],
      apply([embeddings, ...rest], input) {
        const batch = input.shape[0]!;
        const [kernel, recurrent, bias] = [0, 1, 2].map((i) =>
          tf.stack([rest[i]!, rest[i + 3]!])
        ) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor2D];
        const ids = bothWays(input, vocabulary);
        const words = tf.gather(
          embeddings!,
          tf.reshape(ids, [-1]) as tf.Tensor1D,
        );
        const padded = tf.cast(
          tf.equal(ids, tf.scalar(PADDING, "int32")),
          "float32",
        );
        const shut = tf.concat([
          tf.fill([units], SHUT),
          tf.zeros([3 * units]),
        ]);
        const gates = tf.add(
          tf.add(
            tf.matMul(
              tf.reshape(words, [2, length * batch, embedding]) as tf.Tensor3D,
              kernel,
            ),
            tf.expandDims(bias, 1),
          ),
          tf.mul(tf.reshape(padded, [2, length * batch, 1]), shut),
        );
        const steps = tf.unstack(
          tf.reshape(gates, [2, length, batch, 4 * units]),
          1,
        );
        const last = steps.reduce(
          (state: { c: Tensor; h: Tensor } | undefined, gates) =>
            step(gates, recurrent, units, state),
          undefined,
        )!;
        return tf.reshape(tf.transpose(last.h, [1, 0, 2]), [batch, 2 * units]);
      },
    };
  };
}
