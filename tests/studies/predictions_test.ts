import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import { join } from "node:path";
import fc from "fast-check";
import { ensembleError } from "../../lib/studies/ensembles.ts";
import { executePlans } from "../../lib/studies/execute.ts";
import { readRun, runFolder } from "../../lib/studies/read_run.ts";
import { pairedPlans, type TrainingPlan } from "../../lib/studies/plan.ts";
import { pack, unpack } from "../../lib/studies/predictions.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";

const training: TrainingPlan = {
  model: { kind: "mlp" },
  data: { dataset: "drawn-digits", train: 300, validation: 100, test: 260 },
  optimizer: { kind: "sgd" },
  batchSize: 50,
  epochs: 2,
  augment: false,
  recordEvery: 1,
  keepPredictions: true,
};

const plans = pairedPlans(
  training,
  { constant: { kind: "constant", value: 0.05 } },
  2,
);

tensorflowTest(
  "predictions of a run tell its last test error, and are missed when they are gone",
  () =>
    withFolder(async (directory) => {
      const runs = await executePlans(plans, { directory, datasets: {} });
      for (const { predictions, evaluation } of runs) {
        const { classes, rows } = unpack(predictions!);
        deepStrictEqual([classes, rows.length], [10, 260 * 10]);
        const error = 100 * evaluation.test!.error.at(-1)!;
        // Rounded probabilities tie now and then.
        ok(
          Math.abs(ensembleError([{ classes, rows }]) - error) < 1,
          `${error}`,
        );
        for (let i = 0; i < rows.length; i += classes) {
          const sum = rows.subarray(i, i + classes).reduce((a, b) => a + b);
          ok(Math.abs(sum - 255) <= 5, `${sum}`);
        }
      }
      const [first] = plans;
      const path = join(runFolder(directory, first!), "predictions.txt");
      await Deno.remove(path);
      ok(await readRun(directory, plans[1]!));
      // The checkpoint that they could be made from is gone, too.
      await rejects(
        readRun(directory, first!),
        /has no predictions\.txt any more: delete the folder to run it again/,
      );
    }),
);

tensorflowTest(
  "predictions that could not be written are made from the checkpoint, without training",
  () =>
    withFolder(async (directory) => {
      // Nothing can be moved to where a folder is.
      const path = join(runFolder(directory, plans[0]!), "predictions.txt");
      await Deno.mkdir(join(path, "in the way"), { recursive: true });
      const execute = () => executePlans(plans, { directory, datasets: {} });
      await rejects(execute());
      await Deno.remove(path, { recursive: true });
      strictEqual(await readRun(directory, plans[0]!), undefined);
      const records = join(runFolder(directory, plans[0]!), "records.jsonl");
      const before = await Deno.readTextFile(records);
      const runs = await execute();
      strictEqual(await Deno.readTextFile(records), before);
      strictEqual(runs.every(({ predictions }) => predictions), true);
    }),
);

Deno.test("predictions survive packing, whatever they are", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }).chain((classes) =>
        fc.tuple(
          fc.constant(classes),
          fc.array(
            fc.uint8Array({ minLength: classes, maxLength: classes }),
            { minLength: 1, maxLength: 9 },
          ),
        )
      ),
      ([classes, examples]) => {
        const rows = Uint8Array.from(examples.flatMap((row) => [...row]));
        deepStrictEqual(unpack(pack({ classes, rows })), { classes, rows });
      },
    ),
  );
});

Deno.test("damaged predictions are refused", () => {
  const text = pack({ classes: 3, rows: Uint8Array.of(1, 2, 3) });
  for (
    const bad of ["", "3", text.slice(0, -4), text.replace("3 ", "2 "), "x y"]
  ) {
    throws(() => unpack(bad), {
      name: "SyntaxError",
      message: /^predictions are damaged: /,
    });
  }
});
