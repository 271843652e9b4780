import * as tf from "@tensorflow/tfjs";
import { waves } from "../../agreement.ts";
import { assertGives, numbersOf } from "./reference.ts";

/** Element [i, j] of a matrix, or of its transpose. */
function reader(
  values: number[],
  [, columns]: [number, number],
  transposed: boolean,
): (i: number, j: number) => number {
  return (i, j) => values[transposed ? j * columns + i : i * columns + j]!;
}

for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    for (const [m, k, n] of [[3, 4, 5], [1, 7, 1], [17, 33, 2]] as const) {
      Deno.test(`a ${m}×${k} by ${k}×${n} product, transposed ${transposeA} ${transposeB}`, () => {
        const aShape: [number, number] = transposeA ? [k, m] : [m, k];
        const bShape: [number, number] = transposeB ? [n, k] : [k, n];
        const a = reader(numbersOf(waves(aShape)), aShape, transposeA);
        const b = reader(numbersOf(waves(bShape, 1)), bShape, transposeB);
        const dy = reader(numbersOf(waves([m, n], 2)), [m, n], false);
        const sum = (count: number, term: (i: number) => number) =>
          Array.from({ length: count }, (_, i) => term(i))
            .reduce((x, y) => x + y, 0);
        const fill = (
          shape: [number, number],
          value: (i: number, j: number) => number,
        ) => ({
          shape,
          values: Array.from(
            { length: shape[0] * shape[1] },
            (_, at) => value(Math.floor(at / shape[1]), at % shape[1]),
          ),
        });
        const da = (i: number, l: number) => sum(n, (j) => dy(i, j) * b(l, j));
        const db = (l: number, j: number) => sum(m, (i) => a(i, l) * dy(i, j));
        const product = (a: tf.Tensor, b: tf.Tensor) =>
          tf.matMul(a, b, transposeA, transposeB);
        assertGives(
          (a, b, dy) => [
            product(a!, b!),
            ...tf.grads(product)([a!, b!], dy),
          ],
          [waves(aShape), waves(bShape, 1), waves([m, n], 2)],
          [
            fill([m, n], (i, j) => sum(k, (l) => a(i, l) * b(l, j))),
            fill(aShape, transposeA ? (l, i) => da(i, l) : da),
            fill(bShape, transposeB ? (j, l) => db(l, j) : db),
          ],
        );
      });
    }
  }
}

Deno.test("stacks of matrices and integers are multiplied as before", () => {
  assertGives(
    (a, b, c, d) => [tf.matMul(a!, b!), tf.matMul(c!, d!)],
    [
      tf.tensor3d([1, 2, 3, 4], [2, 1, 2]),
      tf.tensor3d([1, 1, 2, 1], [2, 2, 1]),
      tf.tensor2d([[1, 2]], [1, 2], "int32"),
      tf.tensor2d([[3], [4]], [2, 1], "int32"),
    ],
    [{ shape: [2, 1, 1], values: [3, 10] }, { shape: [1, 1], values: [11] }],
  );
});
