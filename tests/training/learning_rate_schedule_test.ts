/** `model.fit` by a schedule. */
import { deepStrictEqual, rejects, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { linear } from "../../lib/schedules/linear.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { learningRateSchedule } from "../../lib/training/learning_rate_schedule.ts";
import { assertClose, waves } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

// 10, 9, 8, …
const countdown = linear({ from: 10, to: 0, steps: 10 });

function model(optimizer: tf.Optimizer = tf.train.adam(1)): tf.LayersModel {
  const made = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [2], units: 1 })],
  });
  made.setWeights([waves([2, 1]), tf.zeros([1])]);
  made.compile({ optimizer, loss: "meanSquaredError" });
  return made;
}

const x = () => waves([5, 2]), y = () => waves([5, 1], 3);

/** Remembers the rate at each batch. */
function spy(): { rates: number[]; callback: tf.Callback } {
  const rates: number[] = [];
  class Spy extends tf.Callback {
    override onBatchEnd(): Promise<void> {
      rates.push(this.model.optimizer.getConfig().learningRate as number);
      return Promise.resolve();
    }
  }
  return { rates, callback: new Spy() };
}

/** Fits five examples in batches of two: three batches an epoch. */
async function fit(
  made: tf.LayersModel,
  per: "batch" | "epoch",
  epochs: number,
  initialEpoch = 0,
) {
  const { rates, callback } = spy();
  const { history } = await made.fit(x(), y(), {
    batchSize: 2,
    epochs,
    initialEpoch,
    callbacks: [learningRateSchedule(countdown, { per }), callback],
  });
  return { rates, history };
}

tensorflowTest("per batch: the steps go on over epochs and fits", async () => {
  const made = model();
  const first = await fit(made, "batch", 2);
  deepStrictEqual(first.rates, [10, 9, 8, 7, 6, 5]);
  deepStrictEqual(first.history.learningRate, [8, 5]);
  const second = await fit(made, "batch", 3, 2);
  deepStrictEqual(second.rates, [4, 3, 2]);
});

tensorflowTest("per epoch: one rate an epoch", async () => {
  const made = model();
  const { rates, history } = await fit(made, "epoch", 2);
  deepStrictEqual(rates, [10, 10, 10, 9, 9, 9]);
  deepStrictEqual(history.learningRate, [10, 9]);
  deepStrictEqual((await fit(made, "epoch", 4, 3)).rates, [7, 7, 7]);
});

tensorflowTest(
  "fitDataset: batches are counted where their number is unknown",
  async () => {
    const made = model();
    const dataset = tf.data.generator(function* () {
      for (let i = 0; i < 3; i++) {
        yield { xs: waves([2, 2]), ys: waves([2, 1]) };
      }
    });
    const { rates, callback } = spy();
    const callbacks = [learningRateSchedule(countdown), callback];
    await made.fitDataset(dataset, { epochs: 2, callbacks });
    deepStrictEqual(rates, [10, 9, 8, 7, 6, 5]);
    await rejects(
      made.fitDataset(dataset, { epochs: 4, initialEpoch: 3, callbacks }),
      /batches before epoch 3 are not known/,
    );
  },
);

tensorflowTest(
  "a constant schedule changes nothing: Adam's moments survive",
  async () => {
    const scheduled = model(), plain = model(tf.train.adam(0.25));
    const options = { batchSize: 5, epochs: 6, shuffle: false };
    const schedule = learningRateSchedule(constant({ value: 0.25 }));
    await scheduled.fit(x(), y(), { ...options, callbacks: [schedule] });
    await plain.fit(x(), y(), options);
    const [a, b] = [scheduled, plain].map((made) =>
      made.getWeights().flatMap((w) => [...w.dataSync()])
    );
    assertClose(a!, b!, 1e-7);
  },
);

Deno.test("other units are refused", () => {
  throws(
    () => learningRateSchedule(countdown, { per: "step" as "batch" }),
    {
      name: "RangeError",
      message: 'per must be "batch" or "epoch", got "step"',
    },
  );
});
