import * as tf from "@tensorflow/tfjs";
import { waves } from "../../agreement.ts";
import { assertGives, numbersOf } from "./reference.ts";

const cases: { x: number[]; bias: number[] }[] = [
  { x: [4, 3], bias: [3] },
  { x: [4, 3], bias: [1, 3] },
  { x: [1, 3], bias: [3] },
  { x: [1, 3], bias: [1, 3] },
  { x: [2, 5, 4, 3], bias: [3] },
  { x: [2, 5, 4, 3], bias: [1, 1, 1, 3] },
  { x: [2, 5, 4, 3], bias: [1, 3] },
  { x: [2, 5, 1], bias: [1] },
  { x: [2, 2, 2, 2, 2, 6], bias: [6] },
  { x: [0, 3], bias: [3] },
];

for (const { x, bias } of cases) {
  for (const biasFirst of [false, true]) {
    Deno.test(`[${biasFirst ? bias : x}] + [${biasFirst ? x : bias}]`, () => {
      const xs = numbersOf(waves(x)), bs = numbersOf(waves(bias, 1));
      const dys = numbersOf(waves(x, 2));
      const total = bs.map((_, channel) =>
        dys.reduce(
          (sum, dy, i) => i % bs.length === channel ? sum + dy : sum,
          0,
        )
      );
      const add = (x: tf.Tensor, bias: tf.Tensor) =>
        biasFirst ? tf.add(bias, x) : tf.add(x, bias);
      assertGives(
        (x, bias, dy) => [
          add(x!, bias!),
          ...tf.grads(add)([x!, bias!], dy),
        ],
        [waves(x), waves(bias, 1), waves(x, 2)],
        [
          { shape: x, values: xs.map((v, i) => v + bs[i % bs.length]!) },
          { shape: x, values: dys },
          { shape: bias, values: total },
        ],
      );
    });
  }
}

Deno.test("other sums are as before", () => {
  assertGives(
    (column, row, integers) => [
      tf.add(column!, row!), // an outer sum
      tf.add(integers!, row!),
      tf.add(column!, 3),
    ],
    [
      tf.tensor2d([[1], [2]]),
      tf.tensor1d([10, 20]),
      tf.tensor2d([[1, 2]], [1, 2], "int32"),
    ],
    [
      { shape: [2, 2], values: [11, 21, 12, 22] },
      { shape: [1, 2], values: [11, 22] },
      { shape: [2, 1], values: [4, 5] },
    ],
  );
});
