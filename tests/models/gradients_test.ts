/** Gradients against central differences, in double precision. */
import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  alexnet,
  allCnn,
  cudaConvnet,
  densenet,
  googlenet,
  imagenetResnet,
  lenet,
  mlp,
  type Network,
  networkInNetwork,
  patchDiscriminator,
  plainNetwork,
  pspnet,
  resnet,
  unet,
  wideResnet,
} from "../../lib/models/mod.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { lossOf } from "./loss_of.ts";

const small = [16, 16, 2] as const;

const networks: Network[] = [
  mlp({ inputShape: small, hidden: [9, 8], outputs: 5 }),
  lenet({ inputShape: small, classes: 5, dropoutRate: 0.3 }),
  resnet({ inputShape: small, depth: 8, width: 3, classes: 5 }),
  resnet({
    inputShape: small,
    depth: 11,
    block: "bottleneck",
    width: 2,
    classes: 5,
  }),
  plainNetwork({ inputShape: small, depth: 6, width: 3, classes: 5 }),
  plainNetwork({
    inputShape: small,
    depth: 5,
    width: 3,
    normalised: false,
    stemStride: 2,
    classes: 5,
  }),
  cudaConvnet({
    inputShape: small,
    width: 3,
    initialisation: "he",
    classes: 5,
  }),
  allCnn({ inputShape: small, width: 3, classes: 5 }),
  wideResnet({
    inputShape: small,
    depth: 10,
    widen: 2,
    width: 2,
    dropoutRate: 0.3,
    classes: 5,
  }),
  densenet({ inputShape: small, depth: 16, growth: 3, classes: 5 }),
  imagenetResnet({
    inputShape: small,
    blocks: [1, 2],
    width: 3,
    classes: 5,
  }),
  networkInNetwork({
    inputShape: small,
    channels: [4, 3, 3, 4, 4, 4, 4, 4],
    initialisation: "he",
    classes: 5,
  }),
  alexnet({
    inputShape: small,
    channels: [3, 4, 3, 4, 3],
    stemSize: 5,
    stemStride: 1,
    units: 6,
    initialisation: "he",
    classes: 5,
  }),
  googlenet({
    inputShape: small,
    normalised: true,
    stem: "small",
    modules: [1, 1, 1],
    share: 0.03,
    classes: 5,
  }),
];

/** Networks that give images. */
const dense: Network[] = [
  pspnet({ inputShape: small, classes: 3, blocks: [1, 1], width: 4 }),
  unet({ inputShape: small, outputs: 2, levels: 3, width: 3 }),
  patchDiscriminator({ inputShape: small, layers: 2, width: 3 }),
];

/** So small that no input of a ReLU changes its sign. */
const EPSILON = 1e-7;

for (const network of [...networks, ...dense]) {
  tensorflowTest(`${network.name}: gradients are what differences say`, () => {
    const objective = classification(network);
    const { parameters } = objective;
    const trained = parameters.flatMap(({ role }, i) =>
      role === "statistic" ? [] : [i]
    );
    const random = randomStream(1, Purpose.generatedData);
    const normals = (length: number) =>
      Float64Array.from({ length }, () => random.normal());
    const values = initialValues(objective, 1).map((initial, i) => {
      // Away from zeros, where ReLU has no derivative.
      const noise = normals(initial.length);
      const still = parameters[i]!.role === "statistic";
      return Float64Array.from(
        initial,
        (x, j) => still ? x : x + 0.1 * noise[j]!,
      );
    });
    const inputs = float64(normals(4 * 16 * 16 * 2), [4, ...small]);
    const labels = tf.tensor1d([0, 3, 1, 4], "int32");
    const seed = tf.tensor1d([5, 6], "int32");

    const loss = (
      all: tf.Tensor[],
      inputs: tf.Tensor,
      labels: tf.Tensor,
      seed: tf.Tensor1D,
    ) =>
      lossOf(network)(all, { inputs, labels }, { training: true, seed }).loss;
    const value = compile(loss, { precision: "float64" });
    const gradient = compile(
      (
        all: tf.Tensor[],
        inputs: tf.Tensor,
        labels: tf.Tensor,
        seed: tf.Tensor1D,
      ) =>
        tf.grads((...some: tf.Tensor[]) => {
          const next = all.slice();
          trained.forEach((at, i) => next[at] = some[i]!);
          return loss(next, inputs, labels, seed);
        })(trained.map((i) => all[i]!)),
      { precision: "float64" },
    );
    const tensors = (values: Float64Array[]) =>
      values.map((v, i) => float64(v, parameters[i]!.shape));

    const all = tensors(values);
    const gradients = gradient(all, inputs, labels, seed);
    for (const [i, at] of trained.entries()) {
      const direction = normals(values[at]!.length);
      const exact = [...gradients[i]!.dataSync()]
        .reduce((sum, g, j) => sum + g * direction[j]!, 0);
      const [above, below] = [EPSILON, -EPSILON].map((epsilon) => {
        const moved = values.slice();
        moved[at] = values[at]!.map((x, j) => x + epsilon * direction[j]!);
        const shifted = tensors(moved);
        const result = value(shifted, inputs, labels, seed);
        const number = result.dataSync()[0]!;
        tf.dispose([shifted, result]);
        return number;
      });
      const difference = (above! - below!) / (2 * EPSILON);
      ok(
        Math.abs(difference - exact) < 1e-6 * Math.max(1e-2, Math.abs(exact)),
        `${parameters[at]!.name}: ${exact}, by differences ${difference}`,
      );
    }
    tf.dispose([all, gradients, inputs, labels, seed]);
    value.dispose();
    gradient.dispose();
  });
}
