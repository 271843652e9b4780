/**
 * A network for texts: a bidirectional LSTM.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { WordVectors } from "../datasets/dataset.ts";
import { checkSize } from "./check.ts";
import { type Initialiser, normal } from "./initialisers.ts";
import { bidirectionalLstm } from "./layers/bidirectional_lstm.ts";
import { dense } from "./layers/dense.ts";
import { PADDING } from "./layers/token_ids.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode bilstm}. */
export interface BilstmOptions {
  /** Shape of one example: `[length]`, token ids with 0 in front of short texts. */
  inputShape: readonly number[];
  /** Number of classes. @default {2} */
  classes?: number;
  /** How many ids there are; larger ones become 1, the unknown word. @default {25000} */
  vocabulary?: number;
  /** Numbers a word becomes; word vectors have their own width. @default {100} */
  embedding?: number;
  /** Units of each direction. @default {256} */
  units?: number;
  /** Standard deviation of initial embeddings, > 0. @default {1} */
  deviation?: number;
  /** What embeddings begin as. @default {normal numbers} */
  wordVectors?: WordVectors;
}

/** Initial embeddings: padding is 0, what has no vector is random. */
function embeddingsOf(
  deviation: number,
  width: number,
  vectors: WordVectors | undefined,
): Initialiser {
  const random = normal(deviation);
  return (values, stream) => {
    random(values, stream);
    if (vectors) {
      for (const id of vectors.ids) {
        if ((id + 1) * width > values.length) continue;
        values.set(
          vectors.values.subarray(id * width, (id + 1) * width),
          id * width,
        );
      }
    }
    values.fill(0, PADDING * width, (PADDING + 1) * width);
  };
}

/** Logits of two classes from one number z: 0 and z. */
const fromOne: LayerFactory = () => ({
  outputShape: [2],
  parameters: [],
  apply: (_, input) => tf.concat([tf.zerosLike(input), input], 1),
});

/**
 * Embeddings, one bidirectional LSTM, a dense layer. Of two classes a single output z
 * is trained, with logits (0, z): cross-entropy then is that of the logistic function
 * of z.
 *
 * @throws {RangeError} If an option is out of range, or the input no sequence.
 *
 * @example The trained numbers of the LOSSGRAD paper's, embeddings apart
 * ```ts
 * import { bilstm } from "./bilstm.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = bilstm({ inputShape: [400] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * // 2·4·256·(100 + 256 + 1) of the LSTM, 512 + 1 of the output.
 * strictEqual(sizes.reduce((a, b) => a + b) - 25_000 * 100, 731_649);
 * ```
 *
 * Reference: B. Wójcik, Ł. Maziarka, J. Tabor, 2019, arXiv 1902.07656, appendix A.
 */
export function bilstm(options: BilstmOptions): Network {
  const {
    inputShape,
    classes = 2,
    vocabulary = 25_000,
    units = 256,
    deviation = 1,
    wordVectors,
  } = options;
  const embedding = wordVectors?.width ?? options.embedding ?? 100;
  checkSize("classes", classes);
  if (!(deviation > 0 && deviation < Infinity)) {
    throw new RangeError(`deviation must be > 0, got ${deviation}`);
  }
  return network(
    `bilstm-${units}`,
    {
      kind: "bilstm",
      inputShape,
      classes,
      vocabulary,
      embedding,
      units,
      deviation,
      ...wordVectors ? { vectors: wordVectors.name } : {},
    },
    sequence([
      [
        "lstm",
        bidirectionalLstm({
          vocabulary,
          embedding,
          units,
          embeddings: embeddingsOf(deviation, embedding, wordVectors),
        }),
      ],
      ["output", dense({ units: classes === 2 ? 1 : classes })],
      ...classes === 2 ? [["", fromOne] as const] : [],
    ]),
  );
}
