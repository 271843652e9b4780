import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { momentum, nesterov, sgd } from "../../lib/optimizers/mod.ts";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { evenly } from "../../lib/probes/grid.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { stabilityLimit } from "../../lib/probes/stability_limit.ts";
import { topEigenvalue } from "../../lib/probes/top_eigenvalue.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import {
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { initialTensors } from "../training/small_training.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { diagonalOperator } from "./matrix_operator.ts";
import { near } from "./near.ts";
import { convolutionNet, example, free, normalisedNet } from "./nets.ts";

/** Twenty points of Chebyshev's polynomial T₅ on [−1, 1]. */
function chebyshev() {
  const x = evenly(-1, 1, 20);
  const polynomial = (v: number) => 16 * v ** 5 - 20 * v ** 3 + 5 * v;
  return residentData({
    name: "chebyshev-5-20",
    shape: [1],
    train: {
      count: 20,
      inputs: Float32Array.from(x),
      labels: Float32Array.from(x, polynomial),
    },
  });
}

interface Measured {
  step: number;
  loss: number;
  rateTimesCurvature: number;
  topEigenvalue: number;
}

/** Trains at rates, and gives what was measured of each. */
async function measured(
  options: TrainingOptions,
  rates: readonly number[],
): Promise<{ found: Measured[][]; finalLoss: number[] }> {
  const found: Measured[][] = rates.map(() => []);
  const finalLoss: number[] = [];
  const training = trainTogether(
    options,
    rates.map((value) => ({ seed: 0, learningRate: constant({ value }) })),
  );
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    const { run, record } = next.value;
    if ("loss" in record) finalLoss[run] = record.loss as number;
    if (!("measured" in record)) continue;
    const { step, loss, measured } = record;
    found[run]!.push({ step, loss, ...measured } as unknown as Measured);
  }
  for (const { parameters } of next.value) tf.dispose(parameters);
  return { found, finalLoss };
}

tensorTest(
  "The edge of stability: λ rises to 2/η and hovers there",
  async () => {
    const data = chebyshev();
    const steps = 4000;
    const network = mlp({
      inputShape: [1],
      hidden: [100],
      outputs: 1,
      activation: "tanh",
      deviation: 0.3,
    });
    const options: TrainingOptions = {
      objective: regression(network),
      data,
      optimizer: sgd(),
      batchSize: 20,
      epochs: steps,
      evaluateEvery: steps,
      recordEvery: steps,
      telemetry: topEigenvalue({ every: 40 }),
    };
    const rates = [0.3, 0.4, 0.05];
    const { found, finalLoss } = await measured(options, rates);
    for (const run of found.slice(0, 2)) {
      const early = run.filter(({ step }) => step >= 200 && step < 600);
      const late = run.filter(({ step }) => step >= 2500);
      // It begins well below, having crossed nothing …
      ok(early.every(({ rateTimesCurvature: x }) => x < 1.7));
      // … then stays at 2, within 5 % on average and 20 % each time.
      const mean = late.reduce((sum, x) => sum + x.rateTimesCurvature, 0) /
        late.length;
      near(mean, 2, 0.1, "mean of η·λ");
      for (const { rateTimesCurvature } of late) {
        near(rateTimesCurvature, 2, 0.4, "η·λ");
      }
    }
    const last = found.map((run) => run.at(-1)!.topEigenvalue);
    near(last[0]! / last[1]!, 4 / 3, 0.15); // 2/η, not a property of the data
    // Negative: a rate too small to get there in as many steps does not.
    ok(
      found[2]!.every(({ rateTimesCurvature: x, step }) => step < 40 || x < 1),
    );
    // And the loss falls, though not at each step.
    finalLoss.forEach((loss, i) => ok(loss < 0.5 * found[i]![0]!.loss));
    data.dispose();
  },
);

tensorTest(
  "On a parabola descent diverges beyond the limit, and only there",
  async () => {
    // ½(w + b)² for x = 1: λ = 2.
    const data = residentData({
      name: "a point",
      shape: [1],
      train: {
        count: 1,
        inputs: Float32Array.of(1),
        labels: Float32Array.of(0),
      },
    });
    const beta = 0.8;
    for (
      const [optimizer, limit] of [
        [sgd(), stabilityLimit()],
        [momentum({ momentum: beta }), stabilityLimit({ momentum: beta })],
        [
          nesterov({ momentum: beta }),
          stabilityLimit({ momentum: beta, nesterov: true }),
        ],
      ] as const
    ) {
      const { found, finalLoss } = await measured({
        objective: regression(mlp({ inputShape: [1], outputs: 1 })),
        data,
        optimizer,
        batchSize: 1,
        epochs: 600,
        evaluateEvery: 600,
        recordEvery: 600,
        telemetry: topEigenvalue({ every: 600 }),
      }, [0.99 * limit / 2, 1.01 * limit / 2]);
      const [below, above] = found.map(([first]) => first!);
      near(below!.topEigenvalue, 2, 1e-6);
      near(below!.rateTimesCurvature, 0.99 * limit, 1e-5);
      ok(finalLoss[0]! < 1e-2 * below!.loss, `${finalLoss} ${limit}`);
      ok(finalLoss[1]! > 1e2 * above!.loss, `${finalLoss} ${limit}`);
    }
    data.dispose();
    throws(
      () => stabilityLimit({ momentum: 1 }),
      /momentum must be in \[0, 1\)/,
    );
  },
);

tensorTest(
  "A measurement is the Hessian's eigenvalue at those weights; runs are apart",
  async () => {
    for (const net of [convolutionNet(), normalisedNet()]) {
      const { objective, data } = example(net, 60);
      const telemetry = topEigenvalue({ every: 1, tolerance: 1e-6 });
      const measure = telemetry.prepare({
        objective,
        data: { name: "", train: data, evaluation: {}, dispose: () => {} },
        batchSize: 10,
        augment: false,
      });
      for (const seed of [1, 2, 1]) {
        const parameters = initialTensors(objective, seed);
        const weights = parameters.map((p) => p.dataSync().slice());
        if (weights.length > 4) weights[4]!.fill(2); // a running variance
        const moved = weights.map((w, i) => tf.tensor(w, parameters[i]!.shape));
        const draw = new Int32Array(0);
        const found = await measure.of(moved, draw, {
          run: seed,
          learningRate: 0.5,
        });
        const matrix = hessian({ objective, data, weights });
        const { largest: [top] } = await eigenpairs(matrix, {
          largest: 1,
          tolerance: 1e-8,
          seed: 5,
        });
        near(found.topEigenvalue! / top!.value, 1, 1e-6);
        near(found.rateTimesCurvature!, 0.5 * found.topEigenvalue!, 1e-12);
        ok(found.topEigenvalueResidual! < 1e-6);
        ok(!("rateTimesCurvature" in await measure.of(moved, draw)));
        matrix.dispose();
        tf.dispose([parameters, moved]);
      }
      measure.dispose();
      free(data);
    }
    throws(() => topEigenvalue({ every: 0 }), /every must be/);
    throws(
      () => topEigenvalue({ every: 1, tolerance: 0 }),
      /tolerance must be/,
    );
    throws(() => topEigenvalue({ every: 1, iterations: 0 }), /iterations must/);
  },
);

Deno.test("A start saves products, and does not hide a larger eigenvalue", async () => {
  const size = 400;
  const matrix = diagonalOperator(
    Array.from(
      { length: size },
      (_, i) => i === 7 ? 3 : i === 9 ? 2.9 : i / size,
    ),
  );
  const cold = await eigenpairs(matrix, {
    largest: 1,
    smallest: 0,
    tolerance: 1e-6,
  });
  const start = cold.largest[0]!.vector;
  const warm = await eigenpairs(matrix, {
    largest: 1,
    smallest: 0,
    tolerance: 1e-6,
    start,
  });
  ok(warm.products < cold.products, `${warm.products} ${cold.products}`);
  near(warm.largest[0]!.value, 3, 1e-9);
  // The second vector is an eigenvector too, yet not the one that is sought.
  const second = new Float64Array(size);
  second[9] = 1;
  const found = await eigenpairs(matrix, { largest: 1, start: second });
  near(found.largest[0]!.value, 3, 1e-2);
  deepStrictEqual(found.converged, true);
});
