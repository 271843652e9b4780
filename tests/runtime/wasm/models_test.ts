/** The papers' networks on the wasm backend, against the tensorflow backend. */
import { ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  allCnn,
  cudaConvnet,
  densenet,
  imagenetResnet,
  lenet,
  mlp,
  type Network,
  networkInNetwork,
  patchDiscriminator,
  pspnet,
  resnet,
  unet,
  wideResnet,
} from "../../../lib/models/mod.ts";
import {
  type BackendName,
  initialize,
} from "../../../lib/runtime/initialize.ts";
import {
  classification,
  initialValues,
} from "../../../lib/training/objective.ts";
import { lossOf } from "../../models/loss_of.ts";
import { assertClose, waves } from "../agreement.ts";

const inputShape = [32, 32, 3] as const;

const networks: Network[] = [
  mlp({ inputShape, hidden: [30, 20], outputs: 10 }),
  lenet({ inputShape }),
  resnet({ inputShape, depth: 8, width: 4 }),
  resnet({ inputShape, depth: 11, block: "bottleneck", width: 4 }),
  cudaConvnet({ inputShape, width: 8, initialisation: "he" }),
  allCnn({ inputShape, width: 8, inputDropoutRate: 0, dropoutRate: 0 }),
  wideResnet({ inputShape, depth: 10, widen: 1 }),
  densenet({ inputShape, depth: 16, growth: 4 }),
  imagenetResnet({ inputShape, blocks: [1, 1], width: 4, classes: 10 }),
  networkInNetwork({
    inputShape,
    channels: [8, 8, 6, 8, 8, 8, 8, 8],
    dropoutRate: 0,
    initialisation: "he",
  }),
  pspnet({ inputShape, classes: 5, width: 8, dropoutRate: 0 }),
  unet({ inputShape, levels: 3, width: 8, dropoutRate: 0 }),
  patchDiscriminator({ inputShape, layers: 2, width: 8 }),
];

/** A few steps of gradient descent: the losses, and the first step's gradients. */
async function train(network: Network, backend: BackendName) {
  await initialize({ backend });
  const objective = classification(network);
  const before = tf.memory().numTensors;
  // With this seed no input of a ReLU is so near 0 that rounding decides its side,
  // which would change gradients by per cents.
  const values = initialValues(objective, 3);
  const roles = objective.parameters.map(({ role }) => role);
  const tensors = values.map((initial, i) =>
    tf.tensor(initial, [...objective.parameters[i]!.shape])
  );
  const statistics = tensors.filter((_, i) => roles[i] === "statistic");
  let trained = tensors.filter((_, i) => roles[i] !== "statistic");
  /** All parameters, in the objective's order. */
  const parameters = (kept: tf.Tensor[]): tf.Tensor[] => {
    const [statistic, other] = [statistics.values(), kept.values()];
    return roles.map((role) =>
      (role === "statistic" ? statistic : other).next().value!
    );
  };
  const batch = {
    inputs: waves([8, ...inputShape]),
    labels: tf.range(0, 8, 1, "int32"),
  };
  const losses: number[] = [];
  const gradients: number[][] = [];
  for (let step = 0; step < 4; step++) {
    const next = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...kept: tf.Tensor[]) =>
        lossOf(network)(parameters(kept), batch, { training: true }).loss
      )(trained);
      losses.push(value.dataSync()[0]!);
      if (step === 0) gradients.push(...grads.map((g) => [...g.dataSync()]));
      return trained.map((p, i) => tf.sub(p, tf.mul(grads[i]!, 0.02)));
    });
    tf.dispose(trained);
    trained = next;
  }
  tf.dispose([trained, statistics, batch.inputs, batch.labels]);
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return { losses, gradients };
}

const missing = await initialize({ backend: "tensorflow" })
  .then(() => "", (error: Error) => ` (needs libtensorflow: ${error.message})`);

for (const network of networks) {
  Deno.test({
    name: `wasm trains ${network.name} as tensorflow does${missing}`,
    ignore: missing !== "",
    async fn() {
      const wasm = await train(network, "wasm");
      const tensorflow = await train(network, "tensorflow");
      const scale = Math.max(
        ...tensorflow.gradients.map((g) => Math.max(...g.map(Math.abs))),
      );
      wasm.gradients.forEach((gradient, i) => {
        const expected = tensorflow.gradients[i]!;
        const largest = Math.max(1e-3 * scale, ...expected.map(Math.abs));
        assertClose(
          gradient.map((value) => value / largest),
          expected.map((value) => value / largest),
          1e-4,
        );
      });
      assertClose(wasm.losses, tensorflow.losses, 1e-4);
      ok(wasm.losses.at(-1)! < wasm.losses[0]!, `losses ${wasm.losses}`);
    },
  });
}
