/**
 * Trains two small runs side by side in the folders `args[0]`/0 and /1; says
 * "begun" after the first record. Made to be killed.
 */
import { initialize } from "../../lib/runtime/initialize.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { smallData, smallRun, smallTraining } from "./small_training.ts";

const [folder] = Deno.args;
await initialize({
  backend: "tensorflow",
  intraOpThreads: 1,
  interOpThreads: 1,
});
const training = trainTogether(
  smallTraining(smallData()),
  [0, 1].map((seed) => smallRun(seed, `${folder}/${seed}`)),
);
let begun = false;
for await (const _ of training) {
  if (!begun) console.log("begun");
  begun = true;
}
