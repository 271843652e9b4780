/** What table 1 trains. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { parseNetwork } from "../../../lib/models/parse.ts";
import { parseSchedule } from "../../../lib/schedules/parse.ts";
import { scales } from "../../../lib/studies/catalogue.ts";
import { fig2 } from "../../../lib/studies/k_decay/fig2.ts";
import { fig5 } from "../../../lib/studies/k_decay/fig5.ts";
import {
  isStandIn,
  kName,
  SCALED,
  SGDR,
  STEP,
  tableNetworks,
} from "../../../lib/studies/k_decay/networks.ts";
import { tablePlans } from "../../../lib/studies/k_decay/table1_runs.ts";
import { runId, stepsOf } from "../../../lib/studies/plan.ts";

Deno.test("at the paper's scale there are the paper's networks, on both data sets", () => {
  const networks = tableNetworks("paper");
  const names = networks.map(({ training: { model, data } }) =>
    `${
      parseNetwork(model, { inputShape: [32, 32, 3], classes: 10 }).name
    } ${data.dataset}`
  );
  const expected = [
    "resnet-110-basic-16",
    "resnet-164-bottleneck-16",
    "wide-resnet-16-8",
    "wide-resnet-28-10",
    "densenet-bc-100-12",
    "densenet-bc-250-24",
  ];
  deepStrictEqual(
    names,
    ["cifar-10", "cifar-100"].flatMap((set) =>
      expected.map((name) => `${name} ${set}`)
    ),
  );
  ok(!networks.some(isStandIn));
  for (const { ks, paper: [, , k] } of networks) ok(ks.includes(k));
});

Deno.test("every network of table 1 can be built, and has every baseline", () => {
  for (const scale of scales) {
    for (const { name, training, ks, schedules } of tableNetworks(scale)) {
      const network = parseNetwork(training.model, {
        inputShape: [32, 32, 3],
        classes: 10,
      });
      deepStrictEqual(network.outputShape, [10], name);
      for (const schedule of [...ks.map(kName), STEP, SGDR]) {
        ok(schedule in schedules, `${name}: ${schedule}`);
      }
    }
  }
});

Deno.test("schedules start at the paper's rate and end at its last, but for steps", () => {
  for (const { name, training, schedules } of tableNetworks("small")) {
    const last = stepsOf(training) - 1;
    for (const [schedule, spec] of Object.entries(schedules)) {
      const rate = parseSchedule(spec);
      if (schedule === SCALED) continue;
      strictEqual(rate(0), 0.1, `${name}, ${schedule}`);
      const end = schedule === STEP ? [0.0008, 0.0011] : [0.001, 0.002];
      ok(
        rate(last) >= end[0]! - 1e-9 && rate(last) <= end[1]!,
        `${name}, ${schedule}: ${rate(last)}`,
      );
    }
  }
});

Deno.test("SGDR restarts twice, each cycle twice as long as the one before", () => {
  const { training, schedules } = tableNetworks("small")[0]!;
  const rate = parseSchedule(schedules[SGDR]!);
  const steps = stepsOf(training);
  const restarts = Array.from({ length: steps }, (_, t) => t)
    .filter((t) => t > 0 && rate(t) > rate(t - 1));
  deepStrictEqual(restarts, [286, 858]); // of 2,000 steps: 286, 572, 1142
});

Deno.test("runs of figures 2 and 5 are not trained again", () => {
  const known = new Set(
    [fig2, fig5].flatMap(({ plans }) => plans("small")!).map(runId),
  );
  const [resnet110, resnet164] = tableNetworks("small");
  const fresh = (index: number) => [
    ...new Set(
      tablePlans([resnet110!, resnet164!][index]!, 5)
        .filter((plan) => !known.has(runId(plan))).map(({ arm }) => arm),
    ),
  ];
  deepStrictEqual(fresh(0), ["ResNet-110, step", "ResNet-110, SGDR"]);
  deepStrictEqual(fresh(1), [
    "ResNet-164, step",
    "ResNet-164, SGDR",
    "ResNet-164, k = 1 scaled to the mean of k = 2",
  ]);
});
