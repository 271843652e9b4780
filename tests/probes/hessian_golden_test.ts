import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import type { Network } from "../../lib/models/network.ts";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { gaussNewton } from "../../lib/probes/gauss_newton.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { hutchinson, hutchPlusPlus } from "../../lib/probes/trace.ts";
import { norm } from "../../lib/probes/vectors.ts";
import { classification } from "../../lib/training/objective.ts";
import golden from "../golden/curvature.json" with { type: "json" };
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { convolutionNet, denseNet, tanh } from "./nets.ts";

/** The formula of tests/golden/curvature.py. */
function wave(count: number, scale: number, phase: number): Float64Array {
  return new Float64Array(count)
    .map((_, i) => scale * Math.sin(0.7 * i * i + i + phase));
}

const count = 23;

/** Weights and data of the golden file. */
function given(network: Network, precision: "float32" | "float64") {
  const objective = classification(network);
  const weights = objective.parameters.map(({ shape }, i) =>
    wave(shape.reduce((product, n) => product * n, 1), 0.4, 10 * i)
  );
  const shape = [count, ...network.inputShape];
  const size = shape.reduce((product, n) => product * n, 1);
  const labels = Array.from({ length: count }, (_, i) => i * 7 % 5 % 3);
  const data = {
    count,
    inputs: tf.tensor(Float32Array.from(wave(size, 1.5, 3)), shape),
    labels: tf.tensor1d(labels, "int32"),
  };
  return { objective, weights, data, precision, batchSize: 10 };
}

const networks = {
  tanh: denseNet(tanh),
  relu: denseNet(relu()),
  convolution: convolutionNet(relu()),
};

for (const name of ["tanh", "relu", "convolution"] as const) {
  const expected = golden.networks[name];
  for (const precision of ["float64", "float32"] as const) {
    // The issue asks for 1e-3; float64 gives far more.
    const relative = precision === "float64" ? 1e-6 : 1e-3;
    tensorTest(`Curvature of PyTorch's ${name} net, ${precision}`, async () => {
      const options = given(networks[name], precision);
      const agree = (actual: number, expected: number, what: string) =>
        near(actual, expected, relative * Math.abs(expected), what);

      const surface = lossSurface(options);
      const { loss, gradient } = await surface.gradient(surface.weights);
      agree(loss, expected.loss, "loss");
      agree(norm(gradient), expected.gradientNorm, "gradient norm");
      surface.dispose();

      const matrix = hessian(options);
      const { largest, smallest: [least] } = await eigenpairs(matrix, {
        largest: 3,
        iterations: 60,
        tolerance: 1e-4,
      });
      largest.forEach(({ value }, i) =>
        agree(value, expected.largest[i]!, `eigenvalue ${i}`)
      );
      agree(least!.value, expected.smallest, "smallest eigenvalue");
      const { trace, frobeniusNorm } = await hutchinson(matrix);
      for (
        const [found, wanted, what] of [
          [trace, expected.trace, "trace"],
          [frobeniusNorm, expected.frobeniusNorm, "Frobenius norm"],
          [
            await hutchPlusPlus(matrix, { products: 60 }),
            expected.trace,
            "Hutch++",
          ],
        ] as const
      ) near(found.value, wanted, 3 * found.standardError, what);
      ok(trace.standardError < 0.3 * trace.value);
      matrix.dispose();

      const newton = gaussNewton(options);
      const top = await eigenpairs(newton, { largest: 1, tolerance: 1e-4 });
      agree(top.largest[0]!.value, expected.gaussNewtonLargest, "Gauss–Newton");
      const { trace: own } = await hutchinson(newton);
      near(own.value, expected.gaussNewtonTrace, 3 * own.standardError);
      newton.dispose();
      tf.dispose([options.data.inputs, options.data.labels]);
    });
  }
}
