/** What is refused before a training with controllers starts. */
import { rejects } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { lossgrad, reduceOnPlateau } from "../../lib/controllers/mod.ts";
import { kerasRmsprop } from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/mod.ts";
import type { TrainingOptions } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { outcomes } from "./controlled_training.ts";
import { withTraining } from "./resumed_runs.ts";

tensorflowTest(
  "what cannot be is refused before training",
  () =>
    withTraining(async (training) => {
      const learningRate = constant({ value: 1 });
      const refused = (
        runs: Parameters<typeof outcomes>[1],
        error: object,
        more: Partial<TrainingOptions> = {},
      ) => rejects(outcomes({ ...training, ...more }, runs), error);
      const controller = lossgrad();
      const run = { seed: 0, controller };
      await refused([{ seed: 0 }], {
        name: "TypeError",
        message: /must be schedules/,
      });
      await refused([run, { seed: 1, learningRate }], {
        name: "TypeError",
        message:
          /either all runs of a group have a controller or none has, got 1 of 2/,
      });
      await refused([{ seed: 0, controller: {} as never }], {
        name: "TypeError",
        message:
          "controller must be a controller, such as lossgrad(), got an object",
      });
      await refused([run], { name: "RangeError", message: /^microBatches/ }, {
        microBatches: 2,
      });
      await refused([run], {
        name: "TypeError",
        message: /that of kerasRmsprop does/,
      }, {
        optimizer: kerasRmsprop(),
      });
      await refused([{
        seed: 0,
        controller: reduceOnPlateau({ monitor: "validation" }),
      }], {
        name: "TypeError",
        message: /data has none/,
      });
      await refused([{ seed: 0, learningRate }], {
        name: "TypeError",
        message: /^curvatureEvery/,
      }, {
        curvatureEvery: 5,
      });
      const { objective } = training;
      const changed = (change: (loss: tf.Tensor) => tf.Tensor) => ({
        objective: {
          ...objective,
          loss(...args: Parameters<typeof objective.loss>) {
            const { loss, statistics } = objective.loss(...args);
            return { loss: change(loss), statistics };
          },
        },
      });
      await refused([run], {
        name: "TypeError",
        message:
          "the objective's loss must be a scalar, got shape [2]: take its mean",
      }, changed((loss) => tf.stack([loss, loss])));
      for (const value of [NaN, Infinity]) {
        await refused([run], {
          name: "RangeError",
          message:
            /^the loss of the first batch must be finite before any step, got/,
        }, changed((loss) => tf.mul(loss, value)));
      }
    }),
);
