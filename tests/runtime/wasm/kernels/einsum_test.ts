import { deepStrictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, evaluate, waves } from "../../agreement.ts";
import "../kernel_cases.ts";

const sizes: Record<string, number> = { b: 2, h: 3, i: 4, j: 5, k: 6 };

for (
  const equation of [
    "i->",
    "ij->ji",
    "ij->i",
    "bij->jb",
    ",i->i",
    "i,i->",
    "i,j->ji",
    "ij,jk->ik",
    "ij,kj->ki",
    "bij,bjk->bik",
    "bij,bjk->kbi",
    "bhik,bhjk->bhij",
    "bhij,bjk->ihk",
    "ij,ij->ij",
  ]
) {
  Deno.test(`Einsum ${equation} agrees with the cpu backend`, () =>
    assertAgrees(() => {
      const operands = equation.split("->")[0]!.split(",");
      return tf.einsum(
        equation,
        ...operands.map((axes, i) =>
          waves([...axes].map((axis) => sizes[axis]!), i)
        ),
      );
    }));
}

Deno.test("Einsum sums over axes that one operand has alone", async () => {
  // The cpu backend leaves the second operand's axes in the output here.
  const a = () => tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  const b = () => tf.tensor2d([1, 10, 100, 1000], [2, 2]);
  const partly = await evaluate("wasm", () => tf.einsum("bij,jk->i", a(), b()));
  deepStrictEqual(partly.values, [6 * 11 + 8 * 1100, 10 * 11 + 12 * 1100]);
  const all = await evaluate("wasm", () => tf.einsum("bij,kl->", a(), b()));
  deepStrictEqual(all.shape, []);
  deepStrictEqual(all.values, [36 * 1111]);
});

Deno.test("Einsum keeps integers", () =>
  assertAgrees(() =>
    tf.einsum(
      "ij,j->i",
      tf.tensor2d([[1, 2], [3, 4]], [2, 2], "int32"),
      tf.tensor1d([10, 100], "int32"),
    )
  ));

Deno.test("Einsum refuses sizes that do not match", async () => {
  await evaluate("wasm", () => {
    throws(
      () => tf.einsum("ij,jk->ik", waves([2, 3]), waves([2, 3])),
      /dimension 3 at axis 0/,
    );
    return tf.scalar(0);
  });
});
