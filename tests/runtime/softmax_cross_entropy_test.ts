import { ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { softmaxCrossEntropy } from "../../lib/runtime/softmax_cross_entropy.ts";
import { registerWasmBackend } from "../../lib/runtime/wasm/mod.ts";
import { assertAgrees, waves } from "./agreement.ts";
import { assertGives, numbersOf } from "./tensorflow/kernels/reference.ts";

const labels = () => tf.tensor1d([2, 0, 1, 1], "int32");
const logits = () => tf.mul(waves([4, 3]), 5);
const dy = () => tf.tensor1d([1, -2, 3, 0.5]);

/** Loss and softmax − oneHot of each row, in double precision. */
function reference() {
  const z = numbersOf(tf.tidy(logits)), rows = [2, 0, 1, 1];
  const shares = rows.map((_, i) => {
    const row = z.slice(3 * i, 3 * i + 3).map(Math.exp);
    const sum = row.reduce((a, b) => a + b);
    return row.map((v) => v / sum);
  });
  return {
    losses: rows.map((label, i) => -Math.log(shares[i]![label]!)),
    derivatives: rows.map((label, i) =>
      shares[i]!.map((share, j) => share - (j === label ? 1 : 0))
    ),
    shares,
  };
}

Deno.test("losses and gradient are those of the definition", () => {
  const { losses, derivatives } = reference();
  const weights = [1, -2, 3, 0.5];
  assertGives(
    (labels, logits, dy) => {
      const f = (z: tf.Tensor) => softmaxCrossEntropy(labels as tf.Tensor1D, z);
      return [f(logits!), tf.grad(f)(logits!, dy!)];
    },
    [labels(), logits(), dy()],
    [
      { shape: [4], values: losses },
      {
        shape: [4, 3],
        values: derivatives.flatMap((row, i) =>
          row.map((v) => v * weights[i]!)
        ),
      },
    ],
  );
});

Deno.test("the second derivative is that of the definition", () => {
  // The derivative of Σ dᵢ·gᵢ by the logits is p∘(d − Σ p·d), row by row.
  const direction = numbersOf(waves([4, 3], 3));
  const values = reference().shares.flatMap((p, i) => {
    const d = direction.slice(3 * i, 3 * i + 3);
    const mean = p.reduce((sum, share, j) => sum + share * d[j]!, 0);
    return p.map((share, j) => share * (d[j]! - mean));
  });
  assertGives(
    (logits, direction) => {
      const gradient = tf.grad((z: tf.Tensor) =>
        tf.sum(softmaxCrossEntropy(labels(), z))
      );
      return [
        tf.grad((z) => tf.sum(tf.mul(gradient(z), direction!)))(logits!),
      ];
    },
    [logits(), waves([4, 3], 3)],
    [{ shape: [4, 3], values }],
  );
});

Deno.test("logits far apart neither overflow nor lose the loss", () => {
  const losses = numbersOf(
    softmaxCrossEntropy(
      tf.tensor1d([0, 1], "int32"),
      tf.tensor2d([[1000, -1000], [1000, -1000]]),
    ),
  );
  ok(losses[0] === 0 && losses[1] === 2000);
});

Deno.test("other backends compose it", async () => {
  await registerWasmBackend();
  for (const backend of ["wasm", "tensorflow"]) {
    await assertAgrees(
      () =>
        tf.grad((z) => softmaxCrossEntropy(labels(), z))(
          logits(),
          dy(),
        ),
      1e-5,
      backend,
    );
  }
  await tf.setBackend("tensorflow");
});

Deno.test("types and shapes that do not fit are refused", () => {
  const good = tf.zeros<tf.Rank.R2>([4, 3]);
  throws(() => softmaxCrossEntropy(tf.tensor1d([0], "int32"), good), TypeError);
  throws(() => softmaxCrossEntropy(tf.tensor1d([0, 1, 2, 0]), good), TypeError);
  throws(
    () => softmaxCrossEntropy(labels(), tf.zeros([3])),
    TypeError,
  );
});
