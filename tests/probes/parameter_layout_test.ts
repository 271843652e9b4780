import { deepStrictEqual, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  filtersOf,
  flattenParameters,
  parameterLayout,
} from "../../lib/probes/parameter_layout.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import { normalisedNet } from "./nets.ts";

Deno.test("A layout follows the parameters' order, statistics included", () => {
  const layout = parameterLayout(normalisedNet().parameters);
  deepStrictEqual(
    layout.slices.map(({ name, role, offset }) => [name, role, offset]),
    [
      ["a/kernel", "kernel", 0],
      ["n/scale", "scale", 36],
      ["n/offset", "offset", 40],
      ["n/mean", "statistic", 44],
      ["n/variance", "statistic", 48],
      ["b/kernel", "kernel", 52],
      ["b/bias", "bias", 52 + 432],
    ],
  );
  strictEqual(layout.size, 52 + 435);
});

Deno.test("Filter axes of each kind of layer of TensorFlow.js", async () => {
  await initialize();
  const input = tf.input({ shape: [8, 8, 2] });
  const depthwise = tf.layers.depthwiseConv2d({
    kernelSize: 3,
    depthMultiplier: 2,
  }).apply(input);
  const up = tf.layers.conv2dTranspose({ filters: 5, kernelSize: 2 })
    .apply(depthwise);
  const flat = tf.layers.flatten().apply(up);
  const output = tf.layers.dense({ units: 3 }).apply(flat);
  const model = tf.model({
    inputs: input,
    outputs: output as tf.SymbolicTensor,
  });
  const words = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 4 }),
      tf.layers.lstm({ units: 2 }),
    ],
  });
  const axes = [model, words].flatMap((m) =>
    parameterLayout(objectiveOfLayersModel(m, "meanSquaredError").parameters)
      .slices
      .filter(({ role }) => role === "kernel")
      .map(({ shape, filterAxes }) => [shape, filterAxes])
  );
  deepStrictEqual(axes, [
    [[3, 3, 2, 2], [2, 3]],
    [[2, 2, 5, 4], [2]],
    [[245, 3], [1]],
    [[7, 3], [0]],
    [[3, 8], [1]],
    [[2, 8], [1]],
  ]);
  model.dispose();
  words.dispose();
});

Deno.test("Filters are a transposition of rows and columns", () => {
  const size = 6;
  const columns = filtersOf({ shape: [2, 3], filterAxes: [1], size });
  const rows = filtersOf({ shape: [2, 3], filterAxes: [0], size });
  deepStrictEqual([...columns.filters], [0, 1, 2, 0, 1, 2]);
  deepStrictEqual([...rows.filters], [0, 0, 0, 1, 1, 1]);
  const both = filtersOf({ shape: [1, 2, 3], filterAxes: [1, 2], size });
  deepStrictEqual([[...both.filters], both.count], [[0, 1, 2, 3, 4, 5], 6]);
  const none = filtersOf({ shape: [2, 3], filterAxes: [], size });
  deepStrictEqual([[...none.filters], none.count], [[0, 0, 0, 0, 0, 0], 1]);
});

Deno.test("Weights that do not fit are refused by name", () => {
  const layout = parameterLayout(normalisedNet().parameters);
  throws(() => flattenParameters(layout, []), /must be 7 arrays.*got 0/);
  const values = layout.slices.map(({ size }) => new Float32Array(size));
  values[1] = new Float32Array(3);
  throws(() => flattenParameters(layout, values), /n\/scale.*4 numbers, got 3/);
});

Deno.test("Weights by name, as a run keeps them, are those in order", () => {
  const layout = parameterLayout(normalisedNet().parameters);
  const inOrder = layout.slices.map(({ size, offset }) =>
    Float32Array.from({ length: size }, (_, i) => offset + i)
  );
  const named = layout.slices.map(({ name, shape }, i) =>
    [name, { shape, values: inOrder[i]! }] as const
  );
  deepStrictEqual(
    flattenParameters(layout, Object.fromEntries(named.toReversed())),
    flattenParameters(layout, inOrder),
  );
  throws(
    () => flattenParameters(layout, Object.fromEntries(named.slice(1))),
    /weights must have a\/kernel, got n\/scale, /,
  );
});
