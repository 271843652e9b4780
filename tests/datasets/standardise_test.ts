import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { channelStatistics } from "../../lib/datasets/channel_statistics.ts";
import { texturedShapes } from "../../lib/datasets/generated/textured_shapes.ts";
import { standardise } from "../../lib/datasets/standardise.ts";

const split = (inputs: number[], count: number) => ({
  count,
  inputs: Float32Array.from(inputs),
  labels: new Int32Array(count),
});

Deno.test("channelStatistics: over pixels and examples, per channel", () => {
  // Two images of 1 × 2 pixels and two channels.
  const images = split([0, 10, 1, 30, 2, 10, 3, 30], 2);
  deepStrictEqual(channelStatistics(images, [1, 2, 2]), {
    mean: [1.5, 20],
    standardDeviation: [Math.sqrt(1.25), 10],
  });
});

Deno.test("channelStatistics: a large mean does not swallow the deviation", () => {
  const values = Array.from({ length: 1000 }, (_, i) => 1e6 + i % 2);
  const { standardDeviation } = channelStatistics(split(values, 1000), [1]);
  strictEqual(standardDeviation[0], 0.5);
});

Deno.test("standardise: afterwards, mean 0 and deviation 1 per channel", () => {
  const { train, shape } = texturedShapes({ train: 100, test: 10 });
  const before = train.inputs.slice();
  const after = standardise(train, channelStatistics(train, shape));
  const { mean, standardDeviation } = channelStatistics(after, shape);
  ok(mean.every((value) => Math.abs(value) < 1e-6));
  ok(standardDeviation.every((value) => Math.abs(value - 1) < 1e-6));
  deepStrictEqual(train.inputs, before);
  strictEqual(after.labels, train.labels);
});

Deno.test("standardise: overwrites the inputs where it is told to", () => {
  const data = split([1, 3], 2);
  const statistics = { mean: [2], standardDeviation: [0.5] };
  const after = standardise(data, statistics, data.inputs);
  strictEqual(after.inputs, data.inputs);
  deepStrictEqual(data.inputs, Float32Array.of(-2, 2));
});

Deno.test("standardise: a constant channel is only centred", () => {
  const data = split([7, 1, 7, 3], 2);
  const { inputs } = standardise(data, channelStatistics(data, [2]));
  deepStrictEqual(inputs, Float32Array.of(0, -1, 0, 1));
});

Deno.test("standardise: refuses what does not fit", () => {
  const data = split([1, 2, 3, 4], 2);
  const good = { mean: [0, 0], standardDeviation: [1, 1] };
  throws(
    () => standardise(data, { ...good, mean: [0] }),
    /1 means and 2 standard deviations do not fit/,
  );
  throws(
    () => standardise(data, { mean: [0, 0, 0], standardDeviation: [1, 1, 1] }),
    /do not fit examples of 2 inputs/,
  );
  throws(() => standardise(data, good, new Float32Array(3)), /must have 4/);
  for (const bad of [NaN, -1, Infinity]) {
    throws(
      () => standardise(data, { ...good, standardDeviation: [1, bad] }),
      /finite and ≥ 0/,
    );
  }
  throws(() => standardise(data, { ...good, mean: [NaN, 0] }), /finite/);
  throws(() => channelStatistics(data, [3]), /4 inputs are not 2 examples/);
  throws(() => channelStatistics(split([], 0), [1]), RangeError);
});
