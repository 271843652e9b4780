/**
 * A training with all that makes exact resume hard (dropout, augmentation, batch
 * normalisation, momentum) on a few small images.
 */
import { tensor } from "@tensorflow/tfjs";
import type { Split } from "../../lib/datasets/dataset.ts";
import { flatten, relu } from "../../lib/models/layers/activation.ts";
import { batchNormalisation } from "../../lib/models/layers/batch_normalisation.ts";
import { convolution } from "../../lib/models/layers/convolution.ts";
import { dense } from "../../lib/models/layers/dense.ts";
import { dropout } from "../../lib/models/layers/dropout.ts";
import { type Network, network, sequence } from "../../lib/models/network.ts";
import { momentum } from "../../lib/optimizers/sgd.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import {
  classification,
  initialValues,
  type Objective,
} from "../../lib/training/objective.ts";
import {
  type ResidentData,
  residentData,
} from "../../lib/training/resident_data.ts";
import type {
  GroupRecord,
  RunOptions,
  RunResult,
  TrainingOptions,
} from "../../lib/training/train.ts";

/** Shape of one image. */
export const shape = [6, 5, 2] as const;

/** Images whose mean brightness tells their class, with noise. */
export function smallSplit(count: number, part: number): Split {
  const random = randomStream(5, Purpose.generatedData, part);
  const size = shape.reduce((product, n) => product * n, 1);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from(
    { length: count * size },
    (_, i) => random.normal() + labels[Math.floor(i / size)]! - 1,
  );
  return { count, inputs, labels };
}

/** The images, on the device. */
export function smallData(): ResidentData {
  return residentData({
    name: "small images",
    shape,
    train: smallSplit(50, 0),
    test: smallSplit(30, 1),
  });
}

/** Convolution, normalisation, dropout, classes. */
export function smallNetwork(inputShape: readonly number[] = shape): Network {
  return network(
    "small",
    { kind: "small", inputShape },
    sequence([
      ["convolution", convolution({ filters: 3, size: 3 })],
      ["normalisation", batchNormalisation()],
      ["", relu()],
      ["", flatten()],
      ["", dropout(0.3)],
      ["output", dense({ units: 3 })],
    ]),
  );
}

/** 60 steps: 5 an epoch. */
export function smallTraining(
  data: ResidentData,
): TrainingOptions & { data: ResidentData } {
  return {
    objective: classification(smallNetwork()),
    data,
    optimizer: momentum({ momentum: 0.8, weightDecay: 1e-3 }),
    batchSize: 10,
    epochs: 12,
    augment: true,
    evaluateEvery: 2,
    recordEvery: 3,
    checkpointSeconds: 0,
  };
}

/** A run of it. */
export function smallRun(seed: number, directory?: string): RunOptions {
  return {
    seed,
    learningRate: cosine({ from: 0.1 / (1 + seed), to: 0, steps: 60 }),
    ...directory === undefined ? {} : { directory },
  };
}

/** An objective's initial parameters, on the device. */
export function initialTensors(objective: Objective, seed: number) {
  return initialValues(objective, seed).map((values, i) =>
    tensor(values, [...objective.parameters[i]!.shape])
  );
}

/** Trains to the end: the records of each run as lines, and the results. */
export async function finish(
  training: AsyncGenerator<GroupRecord, RunResult[]>,
  onRecord: (record: GroupRecord) => void = () => {},
): Promise<{ records: GroupRecord[]; results: RunResult[] }> {
  const records: GroupRecord[] = [];
  for (;;) {
    const next = await training.next();
    if (next.done) return { records, results: next.value };
    records.push(next.value);
    onRecord(next.value);
  }
}
