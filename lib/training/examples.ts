/**
 * The examples of steps and of evaluations, wherever they come from.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StreamedSplit } from "../datasets/streamed/streamed_split.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { Training } from "./options.ts";
import type { Run } from "./run.ts";
import { isStreamed, type TrainingSplit } from "./training_data.ts";

/** Examples as tensors. */
export interface Examples {
  /** `[examples, ...shape]`. */
  readonly inputs: Tensor;
  /** `[examples, ...labelShape]`. */
  readonly labels: Tensor;
}

/** What steps are taken on. */
export interface DrawnExamples {
  /** At least those that are drawn. */
  readonly examples: Examples;
  /** What each run draws of them (`drawer`). */
  readonly draws: Int32Array<ArrayBuffer>[];
  /** Frees what was read for these steps. */
  dispose(): void;
}

/** What decides a run's draws. */
export type Drawing = Pick<Run, "options" | "draw" | "step">;

/** Gives the examples of steps. */
export type ExamplesOfSteps = (
  runs: readonly Drawing[],
) => DrawnExamples | Promise<DrawnExamples>;

/** What decides which examples a step is taken on. */
type Sizes = Pick<
  Training,
  "data" | "batchSize" | "microBatches" | "updatesPerBatch" | "epochs"
>;

/**
 * Makes what gives the examples of steps: all of a split on the device, drawn from
 * there; of a split that is read, those that the runs draw, each batch once for all
 * runs of a seed, and the next batch meanwhile.
 */
export function examplesOfSteps(training: Sizes): ExamplesOfSteps {
  const { train } = training.data;
  if (isStreamed(train)) return readExamples(training, train);
  const examples = { inputs: train.inputs, labels: train.labels };
  return (runs) => ({
    examples,
    draws: runs.map(({ draw, step }) => draw(step)),
    dispose() {},
  });
}

function readExamples(
  { batchSize, microBatches, updatesPerBatch, epochs }: Sizes,
  split: StreamedSplit,
): ExamplesOfSteps {
  const part = batchSize / microBatches;
  const steps = epochs * Math.floor(split.count / batchSize) * updatesPerBatch;
  let ahead = new Map<string, Promise<Float32Array<ArrayBuffer>>>();

  /** The places in a run's draw where the numbers of its examples are. */
  function places(draw: Int32Array): number[] {
    const block = draw.length / microBatches;
    return Array.from(
      { length: batchSize },
      (_, i) => Math.floor(i / part) * block + 2 + i % part,
    );
  }

  /** The batch of a step of a run, which may be on its way already. */
  function read({ options: { seed }, draw, step }: Drawing) {
    const drawn = draw(step);
    const indices = places(drawn).map((place) => drawn[place]!);
    const batch = Math.floor(step / updatesPerBatch);
    const key = `${seed} ${batch}`;
    const inputs = ahead.get(key) ?? split.read(indices, { seed, step: batch });
    return { key, indices, inputs };
  }

  return async (runs) => {
    // Runs of one seed draw the same.
    const bySeed = new Map(runs.map((run) => [run.options.seed, run]));
    const seeds = [...bySeed.keys()], distinct = [...bySeed.values()];
    const found = distinct.map(read);
    const arrays = await Promise.all(found.map(({ inputs }) => inputs));
    const next: typeof ahead = new Map(
      updatesPerBatch > 1 ? found.map(({ key, inputs }) => [key, inputs]) : [],
    );
    for (const run of distinct) {
      const step = run.step + updatesPerBatch;
      if (step >= steps) continue;
      const { key, inputs } = read({ ...run, step });
      // What went wrong is told of when it is that batch's turn.
      inputs.catch(() => {});
      next.set(key, inputs);
    }
    ahead = next;
    const inputs = tf.tensor(joined(arrays), [
      batchSize * distinct.length,
      ...split.shape,
    ]);
    const labels = tf.tensor1d(
      found.flatMap(({ indices }) => indices.map((i) => split.labels[i]!)),
      "int32",
    );
    const draws = runs.map(({ options: { seed }, draw, step }) => {
      const own = draw(step);
      const first = batchSize * seeds.indexOf(seed);
      places(own).forEach((place, i) => own[place] = first + i);
      return own;
    });
    return {
      examples: { inputs, labels },
      draws,
      dispose: () => tf.dispose([inputs, labels]),
    };
  };
}

function joined(
  arrays: readonly Float32Array<ArrayBuffer>[],
): Float32Array<ArrayBuffer> {
  if (arrays.length === 1) return arrays[0]!;
  const size = arrays[0]!.length;
  const all = new Float32Array(arrays.length * size);
  arrays.forEach((array, i) => all.set(array, i * size));
  return all;
}

/** Some examples of a split, in a row. */
export interface Chunk {
  /** At least these examples. */
  readonly examples: Examples;
  /** Their numbers among them, int32 `[length]`. */
  readonly indices: Tensor1D;
  /** How many. */
  readonly length: number;
  /** Frees the numbers, and what was read. */
  dispose(): void;
}

/** A split in chunks of at most `most` examples, the next read meanwhile. */
export async function* chunksOf(
  split: TrainingSplit,
  most: number,
): AsyncGenerator<Chunk> {
  const { count } = split;
  const lengthAt = (start: number) => Math.min(most, count - start);
  if (!isStreamed(split)) {
    const examples = { inputs: split.inputs, labels: split.labels };
    for (let start = 0; start < count; start += most) {
      const length = lengthAt(start);
      const indices = tf.range(start, start + length, 1, "int32");
      yield { examples, indices, length, dispose: () => indices.dispose() };
    }
    return;
  }
  const read = (start: number) =>
    split.read(Array.from({ length: lengthAt(start) }, (_, i) => start + i));
  let next = read(0);
  for (let start = 0; start < count; start += most) {
    const length = lengthAt(start);
    const values = await next;
    if (start + most < count) {
      next = read(start + most);
      next.catch(() => {});
    }
    const inputs = tf.tensor(values, [length, ...split.shape]);
    const labels = tf.tensor1d(
      split.labels.subarray(start, start + length),
      "int32",
    );
    const indices = tf.range(0, length, 1, "int32");
    yield {
      examples: { inputs, labels },
      indices,
      length,
      dispose: () => tf.dispose([inputs, labels, indices]),
    };
  }
}
