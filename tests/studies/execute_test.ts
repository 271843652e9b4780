import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { executePlans } from "../../lib/studies/execute.ts";
import { pairedPlans, type TrainingPlan } from "../../lib/studies/plan.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";

const training: TrainingPlan = {
  model: { kind: "mlp" },
  data: { dataset: "drawn-digits", train: 100, validation: 0, test: 50 },
  optimizer: { kind: "sgd" },
  batchSize: 50,
  epochs: 1,
  augment: false,
  recordEvery: 1,
};

const arms = { constant: { kind: "constant", value: 0.05 } } as const;

tensorflowTest(
  "a data set that cannot be had is told of before anything is trained",
  () =>
    withFolder(async (directory) => {
      const drawn = pairedPlans(training, arms, 1);
      const real = pairedPlans(
        { ...training, data: { ...training.data, dataset: "mnist" } },
        arms,
        1,
      );
      const datasets = { directory: "", cacheDirectory: directory };
      const execute = (plans: typeof drawn) =>
        executePlans(plans, { directory, datasets });
      await rejects(execute([...drawn, ...real]), { name: "DatasetError" });
      deepStrictEqual(await Array.fromAsync(Deno.readDir(directory)), []);
      const [run] = await execute(drawn);
      strictEqual(run!.status, "done");
    }),
);
