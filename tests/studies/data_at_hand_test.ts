/** Data sets that take the place of others. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { MANIFEST } from "../../lib/datasets/manifest.ts";
import { findEntry } from "../../lib/datasets/registry.ts";
import { scales } from "../../lib/studies/catalogue.ts";
import type { DataPlan, RunPlan } from "../../lib/studies/plan.ts";
import { eitherData, withDataAtHand } from "../../lib/studies/data_at_hand.ts";
import { studies } from "../../lib/studies/studies.ts";

const real = { dataset: "real", train: 10, validation: 2, test: 5 };
const standIn = { dataset: "made", train: 8, validation: 1, test: 4 };

function plan(data: DataPlan, arm = "a"): RunPlan {
  return {
    arm,
    seed: 0,
    learningRate: { kind: "constant", value: 0.1 },
    training: {
      model: { kind: "mlp" },
      data,
      optimizer: { kind: "sgd" },
      batchSize: 2,
      epochs: 1,
      augment: false,
      recordEvery: 1,
    },
  };
}

const dataOf = (plans: readonly RunPlan[]) =>
  plans.map(({ training }) => training.data);

Deno.test("withDataAtHand: the data set where it is at hand, else its stand-in", () => {
  const plans = [plan({ ...real, standIn }), plan(real, "b")];
  const asked: string[] = [];
  deepStrictEqual(
    dataOf(withDataAtHand(plans, (name) => asked.push(name) > 0)),
    [real, real],
  );
  deepStrictEqual(asked, ["real"]);
  deepStrictEqual(dataOf(withDataAtHand(plans, () => false)), [standIn, real]);
  // Where neither is there, the data set itself is fetched.
  deepStrictEqual(
    dataOf(withDataAtHand(plans, () => false, () => false)),
    [real, real],
  );
});

Deno.test("withDataAtHand: a stand-in may have one in turn", () => {
  const last = { ...standIn, dataset: "last" };
  const plans = [plan({ ...real, standIn: { ...standIn, standIn: last } })];
  const found = (...there: string[]) => {
    const isThere = (name: string) => there.includes(name);
    return dataOf(withDataAtHand(plans, isThere, isThere))[0]!.dataset;
  };
  strictEqual(found("real", "made", "last"), "real");
  strictEqual(found("made", "last"), "made");
  strictEqual(found("last"), "last");
  strictEqual(found(), "real");
  deepStrictEqual(eitherData(plans).map(dataOf), [[real], [standIn], [last]]);
});

Deno.test("withDataAtHand: two data sets with one stand-in are run once", () => {
  const plans = [
    plan({ ...real, standIn }),
    plan({ ...real, dataset: "another", standIn }),
    plan({ ...real, standIn }, "b"),
  ];
  strictEqual(withDataAtHand(plans, () => true).length, 3);
  deepStrictEqual(
    withDataAtHand(plans, () => false).map(({ arm }) => arm),
    ["a", "b"],
  );
});

Deno.test("eitherData: every mixture of data sets and stand-ins, the real data first", () => {
  const another = { ...real, dataset: "another" };
  const lists = eitherData([
    plan({ ...real, standIn }),
    plan({ ...another, standIn }, "b"),
  ]);
  deepStrictEqual(lists.map(dataOf), [
    [real, another],
    [real, standIn],
    [standIn, another],
    [standIn, standIn],
  ]);
  strictEqual(eitherData([plan(real)]).length, 1);
});

Deno.test("what stands in can be opened by everyone, and has enough examples", () => {
  let stood = 0;
  for (const { items } of studies) {
    for (const { item, plans } of items) {
      for (const scale of scales) {
        const either = eitherData(plans(scale, 1) ?? []);
        const own = either[0], instead = either.at(-1);
        for (const plan of either.flat()) {
          const { data, batchSize } = plan.training;
          strictEqual(data.standIn, undefined);
          ok(data.train >= batchSize, item);
          const entry = findEntry(data.dataset);
          ok(data.train + data.validation <= entry.train, `${item} ${scale}`);
          ok(data.test <= entry.test, `${item} ${scale}`);
        }
        if (JSON.stringify(own) === JSON.stringify(instead)) continue;
        stood++;
        for (const { training: { data } } of instead!) {
          if (!own!.some((p) => p.training.data.dataset === data.dataset)) {
            const isForAll = "generate" in findEntry(data.dataset) ||
              own!.some((p) => p.training.data.dataset in MANIFEST);
            ok(isForAll, `${item} ${scale}`);
          }
        }
      }
    }
  }
  ok(stood >= 6, `${stood} rows with stand-ins`);
});
