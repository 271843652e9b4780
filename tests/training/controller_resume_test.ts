/** Controlled runs that are interrupted or killed, and resumed. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { armijo, lossgrad } from "../../lib/controllers/mod.ts";
import {
  readMemory,
  writeMemory,
} from "../../lib/training/controller_memory.ts";
import { adam } from "../../lib/optimizers/mod.ts";
import type { TrainingOptions } from "../../lib/training/train.ts";
import { controllers } from "../controllers/arbitrary.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { outcomes } from "./controlled_training.ts";
import { outcome, withTraining } from "./resumed_runs.ts";
import { killAndResume } from "./killed_runs.ts";

/** Ten steps of five an epoch, under Adam, with a validation split. */
function brief(training: TrainingOptions): TrainingOptions {
  const validation = training.data.train;
  return {
    ...training,
    data: { ...training.data, evaluation: { validation } },
    optimizer: adam(),
    epochs: 2,
    evaluateEvery: 1,
    recordEvery: 1,
    curvatureEvery: 4,
  };
}

for (const controller of controllers) {
  tensorflowTest(
    `interrupted mid-epoch, ${
      JSON.stringify(controller.spec)
    } goes on to the same bits`,
    () =>
      withFolder((folder) =>
        withTraining(async (training) => {
          const [whole, broken] = [`${folder}/whole`, `${folder}/broken`];
          const run = (directory: string, at: number) =>
            outcomes(
              brief(training),
              [{ seed: 0, controller, directory }],
              (_, step) => step === at,
            );
          await run(whole, -1);
          for (const at of [2, 6]) {
            const [stopped] = await run(broken, at);
            strictEqual(stopped!.status, "stopped");
          }
          await run(broken, -1);
          deepStrictEqual(await outcome(broken), await outcome(whole));
        })
      ),
  );
}

tensorflowTest(
  "a folder of another controller is refused",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const begin = (controller = lossgrad()) =>
          outcomes(
            brief(training),
            [{ seed: 0, controller, directory: folder }],
            (_, step) => step === 2,
          );
        await begin();
        await rejects(begin(armijo()), {
          name: "TypeError",
          message:
            /holds another run \(controller is .*lossgrad.* there and .*armijo/,
        });
      })
    ),
);

Deno.test("a memory is read back, and a damaged one refused", () => {
  const controller = lossgrad();
  const memory = {
    state: controller.init(),
    previousRate: 0.1,
    counts: { "not finite": 3 },
  };
  deepStrictEqual(readMemory(controller, writeMemory(memory)), memory);
  for (
    const text of [
      undefined,
      "",
      "{}",
      writeMemory({ ...memory, state: armijo().init() }),
      writeMemory(memory).replace("3", '"x"'),
      writeMemory(memory).replace("0.1", "null"),
    ]
  ) {
    let message = "";
    try {
      readMemory(controller, text);
    } catch (error) {
      ok(error instanceof SyntaxError);
      message = error.message;
    }
    ok(
      message.startsWith("the checkpoint's controller cannot be read: "),
      text,
    );
  }
});

tensorflowTest(
  "controlled runs killed at random moments make the records of runs left alone",
  () => withFolder((folder) => killAndResume(folder, "controlled")),
);
