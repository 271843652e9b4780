import { deepStrictEqual, strictEqual } from "node:assert";
import {
  ensembleError,
  meanEnsembleError,
  subsets,
} from "../../lib/studies/ensembles.ts";

/** Predictions for examples of three classes, the true one first. */
const of = (...rows: [number, number, number][]) => ({
  classes: 3,
  rows: Uint8Array.from(rows.flat()),
});

Deno.test("an ensemble averages probabilities, it does not count votes", () => {
  // Two of three vote for the second class, but weakly.
  const members = [
    of([200, 50, 5]),
    of([100, 110, 45]),
    of([100, 110, 45]),
  ];
  deepStrictEqual(members.map((member) => ensembleError([member])), [
    0,
    100,
    100,
  ]);
  strictEqual(ensembleError(members), 0);
});

Deno.test("ties with the true class count as guessing among them", () => {
  strictEqual(ensembleError([of([100, 100, 55], [0, 255, 0])]), 75);
  // What predicts nothing errs as an untrained network of three classes does.
  strictEqual(ensembleError([of([0, 0, 0])]).toFixed(6), "66.666667");
});

Deno.test("subsets: every choice once, in order", () => {
  deepStrictEqual(subsets(["a", "b", "c"], 2), [
    ["a", "b"],
    ["a", "c"],
    ["b", "c"],
  ]);
  strictEqual(subsets([1, 2, 3, 4, 5], 3).length, 10);
  deepStrictEqual(subsets([1], 2), []);
});

Deno.test("meanEnsembleError is the mean over the choices", () => {
  const good = of([255, 0, 0]), bad = of([0, 255, 0]), weak = of([100, 155, 0]);
  strictEqual(meanEnsembleError([good, bad, weak], 1), 200 / 3);
  // good + bad ties, good + weak is right, bad + weak is wrong.
  strictEqual(meanEnsembleError([good, bad, weak], 2), 50);
});
