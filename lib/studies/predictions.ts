/**
 * What trained networks make of a test split: class probabilities, small enough to
 * be kept and shipped.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { writeWhole } from "../files/write_whole.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Objective } from "../training/objective.ts";
import type { ResidentSplit } from "../training/resident_data.ts";

/**
 * Class probabilities in units of 1/255, one row an example. The first column is the
 * true class, so that no labels are needed to tell errors; the others keep their
 * order.
 */
export interface Predictions {
  /** Columns. */
  classes: number;
  /** The rows. */
  rows: Uint8Array;
}

/** Examples at a time. */
const CHUNK = 250;

/**
 * The predictions of a network for a split of classified examples.
 *
 * @param objective The classification that it was trained for.
 * @param parameters Its parameters, left as they are.
 * @param split The examples.
 * @throws {TypeError} If the objective is no classification.
 */
export async function predict(
  { head }: Objective,
  parameters: readonly Tensor[],
  { count, inputs, labels }: ResidentSplit,
): Promise<Predictions> {
  if (head?.kind !== "softmax") {
    throw new TypeError("predictions can only be kept of a classification");
  }
  const values: number[] = [];
  const truth = await labels.data();
  for (let start = 0; start < count; start += CHUNK) {
    const length = Math.min(CHUNK, count - start);
    const probabilities = tf.tidy(() => {
      const batch = tf.slice(inputs, start, length);
      return tf.softmax(head.outputs(parameters, batch));
    });
    const rows = await probabilities.array() as number[][];
    probabilities.dispose();
    rows.forEach((row, i) => {
      const label = truth[start + i]!;
      values.push(row[label]!, ...row.filter((_, c) => c !== label));
    });
  }
  return {
    classes: values.length / count,
    rows: Uint8Array.from(values, (p) => Math.round(255 * p)),
  };
}

/**
 * Predictions as text: the number of classes, and the rows, deflated, in base 64.
 *
 * @example
 * ```ts
 * import { pack, unpack } from "./predictions.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const predictions = { classes: 2, rows: Uint8Array.of(255, 0, 80, 175) };
 * deepStrictEqual(unpack(pack(predictions)), predictions);
 * ```
 */
export function pack({ classes, rows }: Predictions): string {
  const packed = Uint8Array.from(deflateRawSync(rows, { level: 9 }));
  return `${classes} ${packed.toBase64()}`;
}

/** The most bytes that predictions unpack to. */
const MOST_BYTES = 1 << 26;

/**
 * Reads what {@linkcode pack} wrote.
 *
 * @throws {SyntaxError} If it is damaged.
 */
export function unpack(text: string): Predictions {
  try {
    const [count = "", packed = ""] = text.split(" ");
    const classes = Number(count);
    const rows = Uint8Array.from(
      inflateRawSync(Uint8Array.fromBase64(packed), {
        maxOutputLength: MOST_BYTES,
      }),
    );
    if (!(classes >= 2) || rows.length === 0 || rows.length % classes !== 0) {
      throw new RangeError(`${rows.length} bytes of ${count} classes`);
    }
    return { classes, rows };
  } catch (error) {
    throw new SyntaxError(
      `predictions are damaged: ${(error as Error).message}`,
    );
  }
}

/** The file in a run's folder. */
const FILE = "predictions.txt";

/** Writes predictions to a run's folder. */
export async function writePredictions(
  folder: string,
  predictions: Predictions,
): Promise<void> {
  await writeWhole(join(folder, FILE), pack(predictions));
}

/** The packed predictions of a run's folder; undefined where there are none. */
export async function readPredictions(
  folder: string,
): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(join(folder, FILE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
