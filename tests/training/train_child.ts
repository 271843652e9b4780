/**
 * Trains two small runs side by side in the folders `args[0]`/0 and /1, or one with each
 * of several controllers if `args[1]` is there; says "begun" after the first record.
 * Made to be killed.
 */
import {
  armijo,
  hypergradient,
  lossgrad,
  reduceOnPlateau,
  secondOrder,
} from "../../lib/controllers/mod.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { smallData, smallRun, smallTraining } from "./small_training.ts";

const [folder, controlled] = Deno.args;
await initialize({
  backend: "tensorflow",
  intraOpThreads: 1,
  interOpThreads: 1,
});
const controllers = [
  lossgrad({ initial: 0.01 }),
  hypergradient(),
  secondOrder({ derivatives: "relative", momentum: 0.5 }),
  armijo({ reset: "keep" }),
  reduceOnPlateau({ monitor: "training", patience: 0 }),
];
const training = trainTogether(
  smallTraining(smallData()),
  controlled === undefined
    ? [0, 1].map((seed) => smallRun(seed, `${folder}/${seed}`))
    : controllers.map((controller, seed) => ({
      ...smallRun(seed, `${folder}/${seed}`),
      controller,
    })),
);
let begun = false;
for await (const _ of training) {
  if (!begun) console.log("begun");
  begun = true;
}
