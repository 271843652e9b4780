/** Controllers on an exact quadratic, where every number is known. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  exactLineSearch,
  firstOrder,
  lossgrad,
  secondOrder,
} from "../../lib/controllers/mod.ts";
import { dense } from "../../lib/models/layers/dense.ts";
import { network, sequence } from "../../lib/models/network.ts";
import { momentum, sgd } from "../../lib/optimizers/mod.ts";
import { topEigenvalue } from "../../lib/probes/top_eigenvalue.ts";
import { regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import type { TrainingOptions } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { outcomeOf } from "./controlled_training.ts";

/** A linear regression on a few points: an exact quadratic. */
function linearProblem(scale = 1): TrainingOptions & { dispose(): void } {
  const inputs = Float32Array.of(1, 0, 0, 2, 1, 1, -1, 1)
    .map((value) => scale * value);
  const labels = Float32Array.of(1, -2, 0.5, 3);
  const data = residentData({
    name: "four points",
    shape: [2],
    train: { count: 4, inputs, labels },
  });
  const model = network(
    "linear",
    { kind: "linear", inputShape: [2] },
    sequence([["output", dense({ units: 1 })]]),
  );
  return {
    objective: regression(model),
    data,
    optimizer: sgd(),
    batchSize: 4,
    epochs: 12,
    recordEvery: 1,
    curvatureEvery: 3,
    dispose: () => data.dispose(),
  };
}

tensorflowTest(
  "on a quadratic the curvature, the minimiser and the decreases are what they are",
  async () => {
    const { dispose, ...training } = linearProblem();
    const { stepRecords } = await outcomeOf(training, exactLineSearch());
    for (const [i, r] of stepRecords.entries()) {
      strictEqual(r.curvature !== undefined, i % 3 === 0);
      if (r.curvature === undefined || -r.slope! < 1e-4) continue;
      ok(Math.abs(r.minimiser! / r.learningRate - 1) < 1e-5);
    }
    const shrunk = await outcomeOf(training, lossgrad({ initial: 0.01 }));
    const [r] = shrunk.stepRecords;
    const parabola = -0.01 * r!.slope! - 0.5 * 0.01 ** 2 * r!.curvature!;
    ok(Math.abs(r!.actualDecrease! / parabola - 1) < 1e-4);
    dispose();
  },
);

tensorflowTest(
  "Newton's rule in float64 finds the minimiser that float32's noise hides",
  async () => {
    const { dispose, ...training } = linearProblem();
    const second = async (precision: "float32" | "float64") => {
      const { stepRecords } = await outcomeOf(
        training,
        secondOrder({ initial: 0.01, precision }),
      );
      return stepRecords;
    };
    const exact = await second("float64");
    ok(Math.abs(exact[1]!.learningRate / exact[0]!.minimiser! - 1) < 1e-3);
    strictEqual(exact.at(-1)!.events?.["degenerate denominator"], undefined);
    const rough = (await second("float32")).at(-1)!.events!;
    ok(
      (rough["degenerate denominator"] ?? 0) +
          (rough["below resolution"] ?? 0) >= 8,
    );
    dispose();
  },
);

tensorflowTest(
  "first order by the same batch and by the next step agree on a full batch",
  async () => {
    const { dispose, ...training } = linearProblem();
    const rates = async (gradient: "same-batch" | "next-step") =>
      (await outcomeOf(
        training,
        firstOrder({ initial: 0.01, metaRate: 1e-3, gradient }),
      )).stepRecords.map(({ learningRate }) => learningRate);
    const [same, next] = [await rates("same-batch"), await rates("next-step")];
    same.forEach((rate, i) => ok(Math.abs(rate / next[i]! - 1) < 1e-5));
    dispose();
  },
);

tensorflowTest("a direction uphill is turned around and counted", async () => {
  const { dispose, ...training } = linearProblem();
  const { stepRecords } = await outcomeOf(
    { ...training, optimizer: momentum({ momentum: 0.99 }) },
    lossgrad({ initial: 0.3, factor: 1.01 }),
  );
  const { events } = stepRecords.at(-1)!;
  ok((events?.["direction reversed"] ?? 0) > 0);
  ok(stepRecords.every(({ slope }) => slope! <= 0));
  dispose();
});

tensorflowTest(
  "a run whose gradient's norm overflows ends, though its loss does not",
  async () => {
    const { dispose, ...training } = linearProblem(1e4);
    const wild = lossgrad({ initial: 1e5 });
    const { status, stepRecords, records } = await outcomeOf(training, wild);
    strictEqual(status, "diverged");
    const last = stepRecords.at(-1)!;
    ok(last.step > 0 && last.step < 11 && Number.isFinite(last.loss));
    strictEqual(last.learningRate, 0);
    const { event, detail } = records.at(-1) as Record<string, string>;
    deepStrictEqual([event, detail], [
      "diverged",
      "the slope of the loss, or its gradient's norm, is not a finite number",
    ]);
    const on = await outcomeOf({ ...training, divergence: "continue" }, wild);
    strictEqual(on.status, "done");
    strictEqual(on.stepRecords.length, 12);
    dispose();
  },
);

tensorflowTest(
  "η·λ of the rate that a controller chose is in the record",
  async () => {
    const { dispose, ...training } = linearProblem();
    const { stepRecords } = await outcomeOf(
      { ...training, telemetry: topEigenvalue({ every: 2 }) },
      lossgrad({ initial: 0.01 }),
    );
    const measured = stepRecords.filter((record) => record.measured);
    strictEqual(measured.length, 6);
    for (const { measured: found, learningRate } of measured) {
      // The Hessian is ¼·Σ of outer products of (x, 1): λ³ − 3.25λ² + 2.3125λ − 0.28125.
      const { topEigenvalue: top, rateTimesCurvature } = found!;
      ok(Math.abs(top! / 2.296272 - 1) < 1e-3, `${top}`);
      ok(Math.abs(rateTimesCurvature! / (learningRate * top!) - 1) < 1e-6);
    }
    dispose();
  },
);
