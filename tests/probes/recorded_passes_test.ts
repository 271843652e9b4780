import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { exactHessian } from "../../lib/probes/exact_hessian.ts";
import { gaussNewton } from "../../lib/probes/gauss_newton.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { RecordedPasses } from "../../lib/probes/recorded_passes.ts";
import { norm, plus } from "../../lib/probes/vectors.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { convolutionNet, denseNet, example, free, tanh } from "./nets.ts";

function off(a: Float64Array, b: Float64Array): number {
  return norm(plus(a, -1, b)) / norm(b);
}

const wave = (size: number, phase = 0) =>
  new Float64Array(size).map((_, i) => Math.sin(2 * i + 1 + phase));

tensorTest("Forward differences agree with central ones", async () => {
  for (const net of [denseNet(tanh), denseNet(relu()), convolutionNet()]) {
    const given = { ...example(net, 50), batchSize: 20 };
    const central = hessian(given);
    const forward = hessian({ ...given, difference: "forward" });
    for (const phase of [0, 1]) {
      const v = wave(central.size, phase).map((x) => 100 * x);
      const error = off(await forward.apply(v), await central.apply(v));
      ok(error < 1e-6, `${net.name}: ${error}`);
    }
    // A step that is too long shows that they are taken on one side.
    const long = hessian({ ...given, difference: "forward", step: 1e-2 });
    const v = wave(central.size);
    ok(off(await long.apply(v), await central.apply(v)) > 1e-4);
    for (const matrix of [central, forward, long]) matrix.dispose();
    free(given.data);
  }
  const given = example(denseNet());
  const difference = "forward";
  throws(
    () => hessian({ ...given, difference, precision: "float32" }),
    /"forward" needs float64/,
  );
  throws(() => gaussNewton({ ...given, difference }), /must be "central"/);
  const both = "both" as "forward";
  throws(() => hessian({ ...given, difference: both }), /got "both"/);
  free(given.data);
});

tensorTest(
  "What is recorded is that of the weights and data asked for",
  async () => {
    const given = { ...example(convolutionNet(), 50), batchSize: 20 };
    const shared = hessian(given);
    const v = wave(shared.size);
    const elsewhere = initialValues(given.objective, 9);
    const other = example(convolutionNet(), 30).data;
    const flat = Float64Array.from(elsewhere.flatMap((values) => [...values]));
    const operators = [
      { matrix: shared, options: given },
      { matrix: shared.at(flat), options: { ...given, weights: elsewhere } },
      { matrix: shared.over(other), options: { ...given, data: other } },
    ];
    const expected = await Promise.all(operators.map(async ({ options }) => {
      const alone = hessian(options);
      const product = await alone.apply(v);
      alone.dispose();
      return product;
    }));
    ok(off(expected[0]!, expected[1]!) > 0.01);
    // One after the other, and back again …
    for (const i of [0, 0, 1, 2, 0, 1, 1]) {
      const found = await operators[i]!.matrix.apply(v);
      ok(off(found, expected[i]!) < 1e-9, `${i}`);
    }
    // … and all at once.
    const together = await Promise.all(
      [0, 1, 2, 0].map((i) => operators[i]!.matrix.apply(v)),
    );
    [0, 1, 2, 0].forEach((i, k) =>
      ok(off(together[k]!, expected[i]!) < 1e-9, `together ${i}`)
    );
    shared.dispose();
    free(given.data);
    free(other);
  },
);

tensorTest("Where there would be too much to keep, it is recorded anew", () => {
  const passes = new RecordedPasses();
  const log: string[] = [];
  const data = { inputs: tf.zeros([1]), labels: tf.zeros([1]) };
  const indices = tf.tensor1d([0], "int32");
  const result = tf.scalar(1);
  const run = (owner: unknown, batches: number, mostBytes: number) => {
    log.length = 0;
    const call = passes.pass(
      owner,
      () => (log.push("record"), [[tf.zeros([4])], [tf.zeros([2], "int32")]]),
      (
        _,
        __,
        decided,
      ) => (log.push(decided.map(([tensor]) => tensor!.size).join("+")),
        result),
      () => (log.push("otherwise"), result),
      mostBytes,
    );
    for (let i = 0; i < batches; i++) call(data, indices);
    return log.join(" ");
  };
  const [a, b] = [{}, {}];
  // 40 bytes a batch.
  strictEqual(run(a, 2, 100), "record 4+2 record 4+2");
  strictEqual(run(a, 2, 100), "4+2 4+2");
  strictEqual(run(b, 3, 100), "record 4+2 record 4+2 record otherwise");
  strictEqual(run(b, 3, 100), "4+2 4+2 otherwise");
  strictEqual(run(a, 1, 39), "record otherwise");
  passes.dispose();
  tf.dispose([data.inputs, data.labels, indices, result]);
});

tensorTest(
  "An exact Hessian records nothing, and is refused nothing",
  async () => {
    const given = example(denseNet(relu()), 30);
    const [exact, difference] = [exactHessian(given), hessian(given)];
    const v = wave(exact.size);
    ok(off(await exact.apply(v), await difference.apply(v)) < 1e-6);
    deepStrictEqual(exact.unfrozen, []);
    exact.dispose();
    difference.dispose();
    free(given.data);
  },
);
