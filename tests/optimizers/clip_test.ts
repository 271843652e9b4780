import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { clipGradients, type ClipOptions } from "../../lib/optimizers/clip.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

function clipped(gradients: number[][], options: ClipOptions): number[][] {
  return tf.tidy(() =>
    clipGradients(gradients.map((g) => tf.tensor1d(g)), options)
      .map((g) => [...g.dataSync()])
  );
}

const length = (gradients: number[][]) => Math.hypot(...gradients.flat());

const component = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8);
const gradients = fc.array(
  fc.array(component, { minLength: 1, maxLength: 4 }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

tensorflowTest("the norm is over all gradients, the direction stays", () => {
  fc.assert(
    fc.property(
      gradients,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (given, norm) => {
        const after = clipped(given, { norm });
        const before = length(given);
        ok(Math.abs(length(after) - Math.min(before, norm)) <= 1e-4 * before);
        if (before <= norm * 0.999) deepStrictEqual(after, given);
        const factor = Math.min(1, norm / before);
        given.flat().forEach((g, i) =>
          ok(Math.abs(after.flat()[i]! - g * factor) <= 1e-4 * Math.abs(g))
        );
      },
    ),
    { numRuns: 50 },
  );
});

tensorflowTest("each component is held between -value and value", () => {
  deepStrictEqual(clipped([[3, -0.5], [-9]], { value: 1 }), [[1, -0.5], [-1]]);
});

tensorflowTest("components are clipped before the norm", () => {
  const [[a], [b]] = clipped([[30], [-4]], { value: 4, norm: 1 }) as [
    [number],
    [number],
  ];
  ok(Math.abs(a - Math.SQRT1_2) < 1e-6 && Math.abs(b + Math.SQRT1_2) < 1e-6);
});

tensorflowTest("no gradient, no limit: nothing happens", () => {
  deepStrictEqual(clipped([[0, 0]], { norm: 1 }), [[0, 0]]);
  const g = [tf.scalar(7)];
  strictEqual(clipGradients(g, {}), g);
});

Deno.test("limits out of range are refused by name", () => {
  throws(() => clipGradients([], { value: -1 }), {
    name: "RangeError",
    message: "clip.value must be > 0, got -1",
  });
  throws(() => clipGradients([], { norm: "1" as never }), {
    name: "TypeError",
    message: 'clip.norm must be a number > 0, got "1"',
  });
});
