/** Published results that are small enough for a test; the notebook has the rest. */
import { deepStrictEqual, ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { sgd } from "../../lib/optimizers/mod.ts";
import { linearChart } from "../../lib/probes/chart.ts";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { evenly } from "../../lib/probes/grid.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { flattenParameters } from "../../lib/probes/parameter_layout.ts";
import { directionBetween } from "../../lib/probes/plane.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { constant } from "../../lib/schedules/constant.ts";
import {
  classification,
  initialValues,
  type Objective,
} from "../../lib/training/objective.ts";
import {
  type ResidentData,
  residentData,
} from "../../lib/training/resident_data.ts";
import { train } from "../../lib/training/train.ts";
import { tensorTest } from "../support/tensor_test.ts";

/** Sixty points a class, each class about a corner of its own. */
function clouds(classes: number): ResidentData {
  const random = randomStream(1, Purpose.generatedData);
  const count = 60 * classes;
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const inputs = Float32Array.from(
    { length: 10 * count },
    (_, k) => random.normal() + (k % 10 === labels[Math.floor(k / 10)] ? 3 : 0),
  );
  return residentData({
    name: "clouds",
    shape: [10],
    train: { count, inputs, labels },
  });
}

/** Weights after some epochs of plain gradient descent. */
async function trained(
  objective: Objective,
  data: ResidentData,
  epochs: number,
  seed: number,
): Promise<Float32Array[]> {
  const training = train({
    objective,
    data,
    optimizer: sgd(),
    learningRate: constant({ value: 0.05 }),
    batchSize: 10,
    epochs,
    evaluateEvery: epochs,
    seed,
  });
  let next = await training.next();
  while (!next.done) next = await training.next();
  const { parameters } = next.value;
  const weights = parameters.map((p) => p.dataSync().slice() as Float32Array);
  tf.dispose(parameters);
  return weights;
}

tensorTest(
  "Sagun: C − 1 eigenvalues stand out, however many weights",
  async () => {
    // [classes, hidden units]: at most 1,000 weights.
    for (
      const [classes, units] of [[2, 60], [3, 60], [5, 20], [5, 60]] as const
    ) {
      const data = clouds(classes);
      const objective = classification(
        mlp({ inputShape: [10], hidden: [units], outputs: classes }),
      );
      const weights = await trained(objective, data, 6, 0);
      const matrix = hessian({ objective, data: data.train, weights });
      const { largest, converged } = await eigenpairs(matrix, {
        largest: 10,
        smallest: 0,
      });
      ok(converged);
      const values = largest.map(({ value }) => value);
      const drops = values.slice(1).map((value, i) => values[i]! / value);
      deepStrictEqual(
        drops.indexOf(Math.max(...drops)) + 1,
        classes - 1,
        `${classes} classes, ${units} units: ${values}`,
      );
      matrix.dispose();
      data.dispose();
    }
  },
);

tensorTest(
  "Goodfellow: no hill from start to end, one between two ends",
  async () => {
    const data = clouds(5);
    const objective = classification(
      mlp({ inputShape: [10], hidden: [30], outputs: 5 }),
    );
    const [first, second] = [
      await trained(objective, data, 20, 0),
      await trained(objective, data, 20, 1),
    ];
    const surface = lossSurface({
      objective,
      data: data.train,
      weights: first,
    });
    const [start, one, other] = [initialValues(objective, 0), first, second]
      .map((weights) => flattenParameters(surface.layout, weights));
    const line = async (a: Float64Array, b: Float64Array) => {
      const { at } = linearChart(a, [directionBetween(a, b)]);
      const points = evenly(0, 1, 21).map((share) => at([share]));
      return (await surface.evaluateAll(points)).map(({ loss }) => loss);
    };
    const way = await line(start!, one!);
    ok(way.every((loss, i) => i === 0 || loss < way[i - 1]!), `${way}`);
    const across = await line(one!, other!);
    const ends = Math.max(across[0]!, across.at(-1)!);
    ok(Math.max(...across) > 2 * ends, `${across}`);
    surface.dispose();
    data.dispose();
  },
);
