/** The law of gradient weights in training: weight and rate, with and without decay. */
import { deepStrictEqual, ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  lateDecrease,
  randomGradient,
} from "../../lib/gradient_weights/mod.ts";
import { type Optimizer, sgd } from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { product } from "../../lib/schedules/product.ts";
import { step } from "../../lib/schedules/step.ts";
import { train } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { smallData, smallTraining } from "./small_training.ts";

const learningRate = constant({ value: 0.03 });

/** Losses and final values of a training with normalisation and dropout. */
async function outcome(
  optimizer: Optimizer,
  run: Pick<Parameters<typeof train>[0], "learningRate" | "gradientWeight">,
) {
  const data = smallData();
  const training = train({
    ...smallTraining(data),
    optimizer,
    seed: 0,
    ...run,
  });
  const losses: unknown[] = [];
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    losses.push("loss" in next.value ? next.value.loss : next.value);
  }
  const { parameters } = next.value;
  const values = parameters.map((p) => [...p.dataSync()]);
  tf.dispose(parameters);
  data.dispose();
  return { losses, values };
}

tensorflowTest("a weight of powers of two is a rate, to the bit", async () => {
  const gradientWeight = step({ from: 4, factor: 0.5, every: 10 });
  const rate = product({ factors: [gradientWeight, learningRate] });
  const weighted = { learningRate, gradientWeight };
  deepStrictEqual(
    await outcome(sgd(), weighted),
    await outcome(sgd(), { learningRate: rate }),
  );
  const decayed = sgd({ weightDecay: 0.1 });
  const [a, b] = [
    await outcome(decayed, weighted),
    await outcome(decayed, { learningRate: rate }),
  ];
  ok(a.values.some((v, i) => v.some((x, j) => x !== b.values[i]![j])));
});

tensorflowTest("the paper's weights train", async () => {
  for (
    const gradientWeight of [
      lateDecrease({ steps: 60, stepsPerEpoch: 5 }),
      randomGradient({ seed: 0 }),
    ]
  ) {
    const run = { learningRate: constant({ value: 0.2 }), gradientWeight };
    const { losses } = await outcome(sgd({ weightDecay: 1e-3 }), run);
    const numbers = losses.filter((loss) => typeof loss === "number");
    ok(numbers.at(-1)! < numbers[0]!);
  }
});
