import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { symmetricEigen } from "../../lib/probes/dense.ts";
import { transferredDirection } from "../../lib/probes/fooling_direction.ts";
import { fastGradientSign } from "../../lib/probes/fooling_input.ts";
import {
  convolutionTransfer,
  denseTransfer,
  transferBound,
} from "../../lib/probes/input_transfer.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import {
  convolutionSpectralNorm,
  denseSpectralNorm,
} from "../../lib/probes/spectral_norm.ts";
import { dot, norm, normals, plus, scaled } from "../../lib/probes/vectors.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { convolutionNet, denseNet, example, free, tanh } from "./nets.ts";

const random = randomStream(2, Purpose.generatedData);
const inputs = 12, outputs = 7;
const kernel = normals(inputs * outputs, random);

/** xᵀK. */
function product(x: Float64Array, k: Float64Array): Float64Array {
  return Float64Array.from(
    { length: outputs },
    (_, o) => x.reduce((sum, v, i) => sum + v * k[i * outputs + o]!, 0),
  );
}

Deno.test("Lemma 1: the change of weights does what the change of the input does", () => {
  for (let trial = 0; trial < 20; trial++) {
    const x = normals(inputs, random), change = normals(inputs, random);
    const { change: weights, residual } = denseTransfer(kernel, x, change);
    strictEqual(residual, 0);
    const wanted = product(plus(x, 1, change), kernel);
    const found = product(x, plus(kernel, 1, weights));
    near(norm(plus(found, -1, wanted)), 0, 1e-5 * norm(wanted)); // far less, in fact
    near(norm(plus(found, -1, wanted)), 0, 1e-13 * norm(wanted));
    near(norm(weights), norm(product(change, kernel)) / norm(x), 1e-12);
    // It is the smallest: what else does it has something orthogonal to x besides.
    const other = normals(inputs * outputs, random);
    const along = product(x, other);
    const rest = other.map((v, k) =>
      v - x[Math.floor(k / outputs)]! * along[k % outputs]! / dot(x, x)
    );
    const also = plus(weights, 1, rest);
    near(norm(plus(product(x, plus(kernel, 1, also)), -1, wanted)), 0, 1e-12);
    ok(norm(also) > norm(weights));
  }
  const zero = new Float64Array(inputs);
  throws(() => denseTransfer(kernel, zero, zero), /must not be 0/);
  throws(() => denseTransfer(kernel, kernel, zero), /84 numbers, got 12/);
});

Deno.test("Proposition 1: no change is longer than the bound; the top vector attains it", async () => {
  const { value, right, residual } = await denseSpectralNorm(kernel, outputs);
  ok(residual < 1e-10);
  const x = normals(inputs, random);
  const ratio = (change: Float64Array) =>
    norm(denseTransfer(kernel, x, change).change) /
    transferBound(value, norm(change), norm(x));
  for (let trial = 0; trial < 500; trial++) {
    ok(ratio(normals(inputs, random)) < 1);
  }
  near(ratio(scaled(right, 0.3)), 1, 1e-6);
  // Negative: the second singular vector must not attain it.
  const gram = Array.from(
    { length: inputs },
    (_, i) =>
      Array.from({ length: inputs }, (_, j) =>
        dot(
          kernel.slice(i * outputs, (i + 1) * outputs),
          kernel.slice(j * outputs, (j + 1) * outputs),
        )),
  );
  const { values, vectors } = symmetricEigen(gram);
  near(value, Math.sqrt(values.at(-1)!), 1e-10);
  const second = ratio(vectors.at(-2)!);
  near(second, Math.sqrt(values.at(-2)! / values.at(-1)!), 1e-9);
  ok(second < 1 - 1e-3);
  throws(() => transferBound(1, 1, 0), /inputLength/);
});

Deno.test("The largest singular value of 2×2, diagonal and orthogonal·diagonal matrices", async () => {
  const largest = async (values: number[], outputs: number) =>
    (await denseSpectralNorm(values, outputs)).value;
  const [a, b, c, d] = [1, 2, 3, 4];
  const sum = a * a + b * b + c * c + d * d, det = a * d - b * c;
  const closed = Math.sqrt((sum + Math.sqrt(sum * sum - 4 * det * det)) / 2);
  near(await largest([a, b, c, d], 2), closed, 1e-12);
  near(await largest([2, 0, 0, 0, -7, 0, 0, 0, 3], 3), 7, 1e-12);
  const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)];
  near(await largest([5 * cos, 2 * -sin, 5 * sin, 2 * cos], 2), 5, 1e-12);
  near(await largest([0, 0, 0, 0], 2), 0, 0);
});

const shape = [3, 3, 2, 4];
const weights = normals(72, random);
const filter = { values: weights, shape };

/** TensorFlow's convolution. */
function convolve(
  image: Float64Array,
  size: number[],
  values: Float64Array,
  stride: number,
  padding: "same" | "valid",
): Float64Array {
  const outputs = tf.tidy(() => {
    const x = tf.tensor4d(Float32Array.from(image), [
      1,
      size[0]!,
      size[1]!,
      size[2]!,
    ]);
    const k = tf.tensor4d(Float32Array.from(values), [3, 3, 2, 4]);
    return tf.conv2d(x, k, stride, padding).dataSync() as Float32Array;
  });
  return Float64Array.from(outputs);
}

tensorTest(
  "Convolutions: exact where windows are few or δx = c·x, else the residual says",
  () => {
    for (
      const { size, stride, padding, exact, multiple } of [
        { size: [3, 3, 2], stride: 1, padding: "valid", exact: true },
        { size: [6, 6, 2], stride: 3, padding: "valid", exact: true },
        {
          size: [8, 7, 2],
          stride: 1,
          padding: "same",
          exact: true,
          multiple: true,
        },
        { size: [8, 7, 2], stride: 1, padding: "same", exact: false },
        { size: [9, 8, 2], stride: 2, padding: "same", exact: false },
      ] as const
    ) {
      const count = size.reduce((a, b) => a * b, 1);
      const x = normals(count, random);
      const change = multiple ? scaled(x, 0.3) : normals(count, random);
      const { change: own, residual } = convolutionTransfer(
        filter,
        size,
        x,
        change,
        { stride, padding },
      );
      const by = (image: Float64Array, values: Float64Array) =>
        convolve(image, [...size], values, stride, padding);
      const wanted = by(change, weights);
      const off = norm(plus(by(x, own), -1, wanted)) / norm(wanted);
      near(off, residual, 1e-5);
      if (exact) near(residual, 0, 1e-9);
      else ok(residual > 0.1 && residual < 1, `${residual}`);
      if (multiple) near(norm(plus(own, -0.3, weights)), 0, 1e-9);
    }
  },
);

tensorTest(
  "The spectral norm of a convolution is that of its whole matrix",
  async () => {
    const size = [5, 4, 2];
    for (const padding of ["same", "valid"] as const) {
      const units = Array.from({ length: 40 }, (_, i) => {
        const unit = new Float64Array(40);
        unit[i] = 1;
        return convolve(unit, size, weights, 1, padding);
      });
      const gram = units.map((a) => units.map((b) => dot(a, b)));
      const exact = Math.sqrt(symmetricEigen(gram).values.at(-1)!);
      const { value } = await convolutionSpectralNorm(filter, size, {
        padding,
      });
      near(value, exact, 1e-5 * exact);
    }
  },
);

tensorTest(
  "Fooling inputs carried to weights: the same loss, biases or not",
  async () => {
    for (const activation of [tanh, relu()]) {
      const given = example(denseNet(activation), 1);
      const change = await fastGradientSign(given, { epsilon: 0.3 });
      const input = Float64Array.from(given.data.inputs.dataSync());
      const { direction, residual } = transferredDirection(given, {
        kernel: "a/kernel",
        input,
        change,
      });
      strictEqual(residual, 0);
      ok(direction.subarray(48).every((v) => v === 0));
      const moved = tf.tensor(Float32Array.from(plus(input, 1, change)), [
        1,
        6,
      ]);
      const surface = lossSurface(given);
      const other = lossSurface({
        ...given,
        data: { ...given.data, inputs: moved },
      });
      const byWeights = await surface.evaluate(
        plus(surface.weights, 1, direction),
      );
      const byInput = await other.evaluate(other.weights);
      near(byWeights.loss, byInput.loss, 1e-6);
      surface.dispose();
      other.dispose();
      moved.dispose();
      throws(
        () => transferredDirection(given, { kernel: "x", input, change }),
        /got x/,
      );
      free(given.data);
    }
    const image = example(convolutionNet(), 1);
    const input = Float64Array.from(image.data.inputs.dataSync());
    const { direction, residual } = transferredDirection(image, {
      kernel: "a/kernel",
      input,
      change: scaled(input, 0.1),
    });
    near(residual, 0, 1e-9);
    const kernel = Float64Array.from(image.weights[0]!, (w) => 0.1 * w);
    deepStrictEqual(
      [...direction.subarray(0, 36)].map((v) => v.toFixed(8)),
      [...kernel].map((v) => v.toFixed(8)),
    );
    free(image.data);
  },
);
