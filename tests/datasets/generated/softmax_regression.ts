import type { Dataset } from "../../../lib/datasets/dataset.ts";
import { channelStatistics } from "../../../lib/datasets/channel_statistics.ts";
import { dataOrder } from "../../../lib/datasets/order.ts";
import { standardise } from "../../../lib/datasets/standardise.ts";

/**
 * The best test accuracy that a softmax regression reaches in some epochs of
 * stochastic gradient descent on standardised inputs (batch 50, momentum 0.9).
 */
export function softmaxRegressionAccuracy(
  dataset: Dataset,
  epochs: number,
  learningRate: number,
): number {
  const statistics = channelStatistics(dataset.train, dataset.shape);
  const train = standardise(dataset.train, statistics);
  const test = standardise(dataset.test, statistics);
  const { classes } = dataset;
  const size = train.inputs.length / train.count;
  const batchSize = 50;
  const weights = new Float64Array((size + 1) * classes);
  const velocity = new Float64Array(weights.length);
  const indices = dataOrder({ seed: 0, count: train.count, batchSize });
  const logits = new Float64Array(classes);

  function predict(inputs: Float32Array, example: number): void {
    for (let k = 0; k < classes; k++) {
      const row = k * (size + 1);
      let sum = weights[row + size]!;
      for (let j = 0; j < size; j++) {
        sum += weights[row + j]! * inputs[example * size + j]!;
      }
      logits[k] = sum;
    }
  }

  const stepsPerEpoch = train.count / batchSize;
  let best = 0;
  for (let step = 0; step < epochs * stepsPerEpoch; step++) {
    velocity.forEach((value, i) => velocity[i] = 0.9 * value);
    for (const example of indices(step)) {
      predict(train.inputs, example);
      const highest = Math.max(...logits);
      const exponentials = logits.map((z) => Math.exp(z - highest));
      const total = exponentials.reduce((a, b) => a + b);
      for (let k = 0; k < classes; k++) {
        const target = k === train.labels[example] ? 1 : 0;
        const error = (exponentials[k]! / total - target) / batchSize;
        const row = k * (size + 1);
        velocity[row + size]! -= error;
        for (let j = 0; j < size; j++) {
          velocity[row + j]! -= error * train.inputs[example * size + j]!;
        }
      }
    }
    velocity.forEach((value, i) => weights[i]! += learningRate * value);
    if ((step + 1) % stepsPerEpoch !== 0) continue;
    let right = 0;
    for (let example = 0; example < test.count; example++) {
      predict(test.inputs, example);
      if (logits.indexOf(Math.max(...logits)) === test.labels[example]) right++;
    }
    best = Math.max(best, right / test.count);
  }
  return best;
}
