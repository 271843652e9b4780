import * as tf from "@tensorflow/tfjs";
import { waves } from "../../agreement.ts";
import { assertGives, numbersOf } from "./reference.ts";

const cases: { shape: number[]; axes: number[]; keepDims?: boolean }[] = [
  { shape: [4096, 6], axes: [0] },
  { shape: [4, 32, 64, 3], axes: [0, 1, 2] },
  { shape: [4, 32, 64, 3], axes: [2, 0, 1], keepDims: true },
  { shape: [4, 32, 64, 3], axes: [-2, -3, -4] },
  { shape: [4097, 6], axes: [0] }, // not in sixteens
  { shape: [8192, 1], axes: [0] },
  { shape: [4096, 6], axes: [0, 1] },
  { shape: [4096, 2], axes: [1] },
  { shape: [64, 64, 2], axes: [1, 2] },
  { shape: [64, 20], axes: [0] },
  { shape: [0, 3], axes: [0] },
];

for (const { shape, axes, keepDims = false } of cases) {
  Deno.test(`the sum of [${shape}] over [${axes}]${keepDims ? ", kept" : ""}`, () => {
    const last = shape.length - 1;
    const summed = new Set(axes.map((axis) => (axis + last + 1) % (last + 1)));
    const kept = shape.map((size, axis) => summed.has(axis) ? 1 : size);
    const totals = new Float64Array(kept.reduce((a, b) => a * b, 1));
    numbersOf(waves(shape)).forEach((value, at) => {
      let place = 0;
      for (let axis = 0, rest = at; axis <= last; axis++) {
        const below = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
        const index = Math.floor(rest / below);
        rest -= index * below;
        place = place * kept[axis]! + (summed.has(axis) ? 0 : index);
      }
      totals[place]! += value;
    });
    assertGives((x) => [tf.sum(x!, axes, keepDims)], [waves(shape)], [{
      shape: keepDims ? kept : shape.filter((_, axis) => !summed.has(axis)),
      values: totals,
    }]);
  });
}
