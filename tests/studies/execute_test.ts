import { deepStrictEqual, notDeepStrictEqual, ok, rejects } from "node:assert";
import { strictEqual } from "node:assert";
import { finalTopError } from "../../lib/studies/comparisons.ts";
import { executePlans } from "../../lib/studies/execute.ts";
import {
  pairedPlans,
  type RunPlan,
  type TrainingPlan,
} from "../../lib/studies/plan.ts";
import { writePictures } from "../datasets/streamed/picture_set.ts";
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

tensorflowTest(
  "data that are read while they are trained on, as ImageNet is",
  () =>
    withFolder(async (folder) => {
      await writePictures(
        `${folder}/data/imagenet`,
        { train: 5, val: 2 },
        (i) => [8 + i, 9],
      );
      const plan: TrainingPlan = {
        ...training,
        data: { dataset: "imagenet", train: 10, validation: 3, test: 6 },
        batchSize: 5,
        augment: true,
        top: 2,
      };
      const execute = (plans: RunPlan[], to: string) =>
        executePlans(plans, {
          directory: `${folder}/${to}`,
          datasets: { directory: `${folder}/data` },
        });
      const slow = { constant: { kind: "constant", value: 1e-6 } } as const;
      const plans = pairedPlans(plan, slow, 2);
      const [run, other] = await execute(plans, "a");
      strictEqual(run!.status, "done");
      deepStrictEqual(Object.keys(run!.evaluation), [
        "train",
        "validation",
        "test",
      ]);
      const { error, measured } = run!.evaluation.test!;
      strictEqual(measured!.topError!.length, 2);
      ok(measured!.topError!.every((share, i) => share <= error[i]!));
      strictEqual(
        finalTopError("test")(run!),
        100 * measured!.topError!.at(-1)!,
      );
      notDeepStrictEqual(run!.evaluation, other!.evaluation);
      const fixed = { ...plan, augment: false };
      const [same] = await execute(plans.slice(0, 1), "b");
      const [without] = await execute(pairedPlans(fixed, slow, 1), "c");
      deepStrictEqual(same!.evaluation, run!.evaluation);
      notDeepStrictEqual(without!.evaluation, run!.evaluation);
      deepStrictEqual(
        without!.evaluation.test!.loss[0],
        run!.evaluation.test!.loss[0],
      );
      await rejects(
        execute(
          plans.map((p) => ({
            ...p,
            training: { ...plan, keepPredictions: true },
          })),
          "d",
        ),
        /what is kept of a run needs data on the device/,
      );
    }),
);
