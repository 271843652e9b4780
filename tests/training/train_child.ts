/**
 * Trains two small runs side by side in the folders `args[0]`/0 and /1, with
 * controllers if `args[1]` is there; says "begun" after the first record. Made to be
 * killed.
 */
import { hypergradient, lossgrad } from "../../lib/controllers/mod.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { smallData, smallRun, smallTraining } from "./small_training.ts";

const [folder, controlled] = Deno.args;
await initialize({
  backend: "tensorflow",
  intraOpThreads: 1,
  interOpThreads: 1,
});
const controllers = [lossgrad({ initial: 0.01 }), hypergradient()];
const training = trainTogether(
  smallTraining(smallData()),
  [0, 1].map((seed) => ({
    ...smallRun(seed, `${folder}/${seed}`),
    ...controlled === undefined ? {} : { controller: controllers[seed]! },
  })),
);
let begun = false;
for await (const _ of training) {
  if (!begun) console.log("begun");
  begun = true;
}
