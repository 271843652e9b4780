/** Stock models trained by Slope. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { momentum } from "../../lib/optimizers/sgd.ts";
import type { ResidentData } from "../../lib/training/resident_data.ts";
import {
  type LossName,
  objectiveOfLayersModel,
} from "../../lib/training/layers_model.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";
import {
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { finish, shape, smallData, smallRun } from "./small_training.ts";
import {
  contents,
  inputShape,
  model,
  numbers,
  weightsOf,
} from "./stock_model.ts";
const { layers } = tf;
/** A training on three classes with a model of Keras's layers. */
function trainingOf(
  stock: tf.LayersModel,
  loss: LossName,
): TrainingOptions & { data: ResidentData } {
  return {
    objective: objectiveOfLayersModel(stock, loss),
    data: smallData(),
    optimizer: momentum(),
    batchSize: 10,
    epochs: 12,
    checkpointSeconds: 0,
  };
}

tensorflowTest(
  "a stock model trains as the same network of Slope's",
  async () => {
    const network = mlp({ inputShape: shape, hidden: [4], outputs: 3 });
    const ours = classification(network);
    const stock = tf.sequential({
      layers: [
        layers.flatten({ inputShape }),
        layers.dense({ units: 4, activation: "relu" }),
        layers.dense({ units: 3 }),
      ],
    });
    const initial = initialValues(ours, 0).map((values, i) =>
      tf.tensor(values, [...ours.parameters[i]!.shape])
    );
    stock.setWeights(initial);
    const options = trainingOf(stock, "softmaxCrossEntropy");
    const a = await finish(trainTogether(options, [smallRun(0)]));
    const b = await finish(
      trainTogether({ ...options, objective: ours }, [smallRun(0)]),
    );
    const course = ({ records }: typeof a) =>
      records.flatMap(({ record }) =>
        "evaluation" in record
          ? Object.values(record.evaluation.test!)
          : "loss" in record
          ? record.loss
          : []
      );
    assertClose(course(a), course(b), 1e-4);
    a.results[0]!.parameters.forEach((p, i) =>
      assertClose(
        [...p.dataSync()],
        [...b.results[0]!.parameters[i]!.dataSync()],
        1e-4,
      )
    );
    tf.dispose(
      [initial, a.results, b.results] as unknown as tf.TensorContainer,
    );
    options.data.dispose();
  },
);

tensorflowTest(
  "trained weights are written back, and runs resume",
  () =>
    withFolder(async (folder) => {
      const stock = model({ dropout: 0.3 });
      const options = trainingOf(stock, "sparseCategoricalCrossentropy");
      const before = tf.memory().numTensors;
      const controller = new AbortController();
      const whole = await finish(trainTogether(options, [smallRun(0)]));
      const first = await finish(
        trainTogether(options, [smallRun(0, folder)], {
          signal: controller.signal,
        }),
        ({ record }) => {
          if (record.step === 20) controller.abort();
        },
      );
      const second = await finish(
        trainTogether(options, [smallRun(0, folder)]),
      );
      deepStrictEqual([...first.records, ...second.records], whole.records);
      const { parameters } = second.results[0]!;
      const { objective, data } = options;
      (objective as ReturnType<typeof objectiveOfLayersModel>).assign(
        parameters,
      );
      deepStrictEqual(contents(weightsOf(stock)), contents(parameters));
      const last = whole.records.at(-1)!.record;
      ok("evaluation" in last);
      const correct = tf.tidy(() => {
        const { inputs, labels } = data.evaluation.test!;
        const output = stock.predict(inputs) as tf.Tensor;
        return tf.mean(
          tf.cast(tf.equal(tf.argMax(output, 1), labels), "float32"),
        );
      });
      assertClose(numbers(correct), [1 - last.evaluation.test!.error], 1e-6);
      for (const { results } of [whole, first, second]) {
        for (const result of results) tf.dispose(result.parameters);
      }
      strictEqual(tf.memory().numTensors, before);
      data.dispose();
    }),
);
