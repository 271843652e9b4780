/** Sharpness-aware gradients. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { lossgrad } from "../../lib/controllers/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import type { Tensor, Tensor1D } from "../../lib/runtime/tensor.ts";
import { constant } from "../../lib/schedules/mod.ts";
import { batchGradients } from "../../lib/training/batch_gradients.ts";
import type { Objective } from "../../lib/training/objective.ts";
import type { Sharpness } from "../../lib/training/sharpness.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { outcomes } from "./controlled_training.ts";
import { outcome, withTraining } from "./resumed_runs.ts";

const [problem, ...lines] = (await Deno.readTextFile(
  new URL("../golden/whole_optimizers.jsonl", import.meta.url),
)).trim().split("\n").map((line) => JSON.parse(line));
const cases: { sharpness: Sharpness; rate: number; path: number[][][] }[] =
  lines
    .filter((line) => line.sharpness);
const { start, curvature, noise } = problem as Record<string, number[][]> & {
  noise: number[][][];
};

/** ½·Σ c·θ² + push·θ; an example is a push and c, which as constants would be rounded. */
const objective: Objective = {
  spec: {},
  parameters: start!.map((values, i) => ({
    name: `${i}`,
    shape: [values.length],
    role: i === 0 ? "kernel" : "bias",
    filterAxis: 0,
    initialise: () => {},
  })),
  loss([a, b], { inputs }) {
    const example = tf.reshape(inputs, [10]);
    const part = (p: Tensor, from: number) => {
      const push = tf.slice(example, [from], [p.size]);
      const bend = tf.slice(example, [5 + from], [p.size]);
      return tf.sum(tf.mul(p, tf.add(tf.mul(tf.div(bend, 2), p), push)));
    };
    return { loss: tf.add(part(a!, 0), part(b!, 3)), statistics: [] };
  },
  evaluate: () => {
    throw new Error("not evaluated");
  },
};

/** The parameters after each step of gradient descent. */
function trajectory(sharpness: Sharpness, rate: number): number[][][] {
  const before = tf.memory().numTensors;
  const step = compile(
    (
      data: { inputs: Tensor; labels: Tensor },
      parameters: Tensor[],
      draw: Tensor1D,
    ) => {
      const options = { objective, batchSize: 1, augment: false, sharpness };
      const { gradients } = batchGradients(options, data, parameters, draw);
      return parameters.map((p, i) => tf.sub(p, tf.mul(gradients[i]!, rate)));
    },
    { precision: "float64" },
  );
  const data = {
    inputs: float64(
      noise.flatMap((push) => [...push.flat(), ...curvature!.flat()]),
      [noise.length, 10],
    ),
    labels: tf.zeros([noise.length]),
  };
  let parameters: Tensor[] = start!.map((values) => float64(values));
  const path = noise.map((_, t) => {
    const draw = tf.tensor1d([0, 0, t], "int32") as Tensor1D;
    const next = step(data, parameters, draw);
    tf.dispose([...parameters, draw]);
    parameters = next;
    return parameters.map((p) => Array.from(p.dataSync()));
  });
  tf.dispose([...parameters, data.inputs, data.labels]);
  step.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return path;
}

strictEqual(cases.length, 2);
for (const { sharpness, rate, path } of cases) {
  tensorflowTest(`SAM with radius ${sharpness.radius} is optax's`, () => {
    trajectory(sharpness, rate).forEach((tensors, t) =>
      tensors.flat().forEach((x, i) =>
        ok(Math.abs(x - path[t]!.flat()[i]!) < 1e-9, `step ${t}: ${x}`)
      )
    );
  });
}

tensorflowTest(
  "ASAM measures the radius by the size of each weight of a kernel",
  () => {
    const radius = 0.5, rate = 0.1;
    const [found] = trajectory({ radius, adaptive: true }, rate);
    const theta = start!.flat(),
      bend = curvature!.flat(),
      push = noise[0]!.flat();
    const slope = (x: number[]) => x.map((v, i) => bend[i]! * v + push[i]!);
    const size = theta.map((v, i) => i < 3 ? Math.abs(v) + 0.01 : 1);
    const g = slope(theta);
    const length = Math.hypot(...g.map((v, i) => v * size[i]!));
    const worst = theta.map((v, i) =>
      v + radius * size[i]! ** 2 * g[i]! / length
    );
    slope(worst).forEach((v, i) =>
      ok(Math.abs(found!.flat()[i]! - (theta[i]! - rate * v)) < 1e-12)
    );
  },
);

tensorflowTest(
  "around any optimizer, resumed mid-epoch, at twice the cost",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const run = (directory: string, at: number) =>
          outcomes(
            {
              ...training,
              epochs: 2,
              recordEvery: 1,
              sharpness: { radius: 0.1 },
            },
            [{ seed: 0, learningRate: constant({ value: 0.05 }), directory }],
            (_, step) => step === at,
          );
        const [whole] = await run(`${folder}/whole`, -1);
        strictEqual(whole!.cost, 60);
        await run(`${folder}/broken`, 3);
        await run(`${folder}/broken`, -1);
        deepStrictEqual(
          await outcome(`${folder}/broken`),
          await outcome(`${folder}/whole`),
        );
        const [plain] = await outcomes(
          { ...training, epochs: 2, recordEvery: 1 },
          [{ seed: 0, learningRate: constant({ value: 0.05 }) }],
        );
        // The loss before the first step is that of the weights themselves.
        strictEqual(whole!.stepRecords[0]!.loss, plain!.stepRecords[0]!.loss);
        ok(whole!.stepRecords[1]!.loss !== plain!.stepRecords[1]!.loss);
      })
    ),
);

tensorflowTest(
  "a sharpness that cannot be is refused",
  () =>
    withTraining(async (training) => {
      const learningRate = constant({ value: 0.1 });
      const refused = (sharpness: unknown, run: object, message: RegExp) =>
        rejects(
          outcomes({ ...training, sharpness: sharpness as Sharpness }, [
            { seed: 0, learningRate, ...run },
          ]),
          { message },
        );
      await refused({ radius: 0 }, {}, /^sharpness.radius must be > 0, got 0$/);
      await refused({ radius: NaN }, {}, /^sharpness.radius must be > 0/);
      await refused({ radius: "1" }, {}, /^sharpness.radius must be a number/);
      await refused({ radius: 1, adaptive: 1 }, {}, /^sharpness.adaptive/);
      await refused(
        { radius: 1 },
        { controller: lossgrad() },
        /leave sharpness out/,
      );
    }),
);
