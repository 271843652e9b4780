/**
 * The gradients that the models need, on the wasm backend: against the cpu
 * backend's, and against differences of the function itself.
 */
import * as tf from "@tensorflow/tfjs";
import { registerWasmBackend } from "../../../lib/runtime/wasm/mod.ts";
import { assertAgrees, assertClose, evaluate, waves } from "../agreement.ts";
import { distinct, gradientCases } from "../gradient_cases.ts";

await registerWasmBackend();

for (const [name, { shape, f }] of Object.entries(gradientCases)) {
  const scalar = (x: tf.Tensor): tf.Scalar => f(x) as tf.Scalar;
  Deno.test(`the gradient of ${name} agrees with the cpu backend's`, () =>
    assertAgrees(() => tf.grad(scalar)(distinct(shape)), 1e-5));

  Deno.test(`the gradient of ${name} is the slope of the function`, async () => {
    const size = tf.util.sizeFromShape(shape);
    const step = 0.2 / size;
    const direction = () => waves(shape, 9);
    const slope = await evaluate("wasm", () => {
      const gradient = tf.grad(scalar)(distinct(shape));
      return tf.sum(tf.mul(gradient, direction()));
    });
    const along = (distance: number): tf.Tensor =>
      f(tf.add(distinct(shape), tf.mul(direction(), distance)));
    const difference = await evaluate(
      "wasm",
      () => tf.div(tf.sub(along(step), along(-step)), 2 * step),
    );
    assertClose(slope.values, difference.values, 1e-2);
  });
}
