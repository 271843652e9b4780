/**
 * A grid on disk, as far as it was computed.
 *
 * @module
 */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { writeWhole } from "../files/write_whole.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import type { Grid, GridOptions, GridValues } from "./grid.ts";

const FORMAT = "slope-grid-1";
/** More bytes are no grid of ours. */
const MAX_BYTES = 1 << 28;

/** Which points were computed, by data set. */
export type Done = Record<string, number[]>;

/** Values of up to this many examples, evenly spread, tell data sets apart. */
const SAMPLED = 256;

/** Numbers that tell one data set from another. */
async function sample({ count, inputs, labels }: ResidentSplit) {
  const size = Math.min(count, SAMPLED);
  const indices = Int32Array.from(
    { length: size },
    (_, i) => Math.floor(i * count / size),
  );
  const tensors = tf.tidy(() => {
    const at = tf.tensor1d(indices, "int32");
    return [tf.gather(inputs, at), tf.gather(labels, at)];
  });
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data()));
  } finally {
    tf.dispose(tensors);
  }
}

/**
 * A text that differs where grids do: SHA-256 of chart, axes, objectives, weights
 * (whose statistics may be used) and data (number, and 256 examples of each set).
 */
export async function gridKey(
  { chart, axes, surfaces }: GridOptions,
): Promise<string> {
  const hash = createHash("sha256");
  const text = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  const numbers = (array: ArrayBufferView) =>
    hash.update(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  text([chart.kind, chart.dimensions, axes]);
  for (const vector of chart.vectors) numbers(vector);
  for (const [name, { problem }] of Object.entries(surfaces)) {
    const { objective, normalisation, precision, data } = problem;
    text([name, objective.spec, normalisation, precision, data.count]);
    numbers(problem.weights);
    for (const values of await sample(data)) numbers(values);
    if (problem.calibration !== data) {
      for (const values of await sample(problem.calibration)) numbers(values);
    }
  }
  return hash.digest("hex");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown, length: number): value is (number | null)[] {
  return Array.isArray(value) && value.length === length &&
    value.every((x) => x === null || typeof x === "number");
}

/**
 * The grid in a file, or the empty one if there is no file.
 *
 * @throws {RangeError} If the file holds another grid.
 * @throws {SyntaxError} If it holds none.
 */
export async function readGrid(
  file: string,
  key: string,
  empty: Grid,
): Promise<{ grid: Grid; done: Done }> {
  let text: string;
  try {
    if ((await Deno.stat(file)).size > MAX_BYTES) {
      throw new SyntaxError(`${file} is too large to be a grid`);
    }
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { grid: empty, done: {} };
    }
    throw error;
  }
  const broken = () =>
    new SyntaxError(`${file} is not a grid: remove it, or name another file`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw broken();
  }
  if (!isRecord(content) || content.format !== FORMAT) throw broken();
  if (content.key !== key) {
    throw new RangeError(
      `${file} holds a grid of other weights, directions, axes or data: remove it, or name another file`,
    );
  }
  const { values, done } = content;
  if (!isRecord(values) || !isRecord(done)) throw broken();
  const result: Record<string, GridValues> = {};
  const computed: Done = {};
  for (const [name, { loss }] of Object.entries(empty.values)) {
    const own = values[name], indices = done[name] ?? [];
    const count = loss.length;
    const fits = isRecord(own) && isList(own.loss, count) &&
      isList(own.error, count) && Array.isArray(indices) &&
      indices.every((i) => Number.isInteger(i) && i >= 0 && i < count);
    if (!fits) throw broken();
    result[name] = { loss: own.loss, error: own.error } as GridValues;
    computed[name] = indices as number[];
  }
  return { grid: { axes: empty.axes, values: result }, done: computed };
}

/** Writes a grid, whole. */
export async function writeGrid(
  file: string,
  key: string,
  { axes, values }: Grid,
  done: Done,
): Promise<void> {
  const content = { format: FORMAT, key, axes, values, done };
  await writeWhole(file, JSON.stringify(content) + "\n");
}
