/** Networks as layers models: the same outputs, saved and read again. */
import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { join } from "node:path";
import type { Network } from "../../lib/models/network.ts";
import {
  type ModelSpec,
  networkKinds,
  parseNetwork,
} from "../../lib/models/parse.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { layersModelOf } from "../../lib/saved_models/layers_model_of.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { saveModel } from "../../lib/saved_models/save_model.ts";
import { withFolder } from "../support/with_folder.ts";

await initialize({ backend: "cpu" });

/** A small network of each kind that TensorFlow.js has the layers of. */
const small: readonly [ModelSpec, inputShape: number[]][] = [
  [{ kind: "mlp", hidden: [5] }, [4, 4, 1]],
  [{ kind: "mlp", hidden: [5], activation: "tanh" }, [6]],
  [{ kind: "lenet", dropoutRate: 0.5 }, [28, 28, 1]],
  [{ kind: "lossgradCnn", filters: [2, 3, 4] }, [32, 32, 3]],
  [{ kind: "autoencoder", hidden: [5, 2, 5] }, [4, 4, 1]],
  [{ kind: "plainNetwork", depth: 5, width: 2 }, [8, 8, 3]],
  [{ kind: "plainNetwork", depth: 5, width: 2, normalised: false }, [8, 8, 3]],
  [{ kind: "resnet", depth: 8, width: 2 }, [8, 8, 3]],
  [{ kind: "resnet", depth: 11, block: "bottleneck", width: 2 }, [8, 8, 3]],
  [{ kind: "resnet18", widths: [2, 2, 4, 4], blocks: 1 }, [16, 16, 3]],
  [{ kind: "wideResnet", depth: 10, widen: 2, width: 2 }, [8, 8, 3]],
  [{ kind: "densenet", depth: 10, growth: 2 }, [8, 8, 3]],
  [{ kind: "imagenetResnet", blocks: [1, 1], width: 2 }, [32, 32, 3]],
  [{ kind: "googlenet", share: 0.1 }, [32, 32, 3]],
  [{ kind: "networkInNetwork", channels: [2, 2, 2, 2, 2, 2, 2, 3] }, [
    16,
    16,
    3,
  ]],
  [{ kind: "cudaConvnet", width: 2 }, [32, 32, 3]],
  [{ kind: "allCnn", width: 2 }, [32, 32, 3]],
  [{ kind: "alexnet", channels: [2, 2, 2, 2, 2], units: 4 }, [96, 96, 3]],
  [{ kind: "imageEncoder", code: 3, levels: 2, width: 2 }, [16, 16, 3]],
  [
    {
      kind: "imageDecoder",
      imageShape: [16, 16, 3],
      levels: 2,
      width: 2,
    },
    [3],
  ],
];

/** Those that have layers of their own. */
const others = [
  "bilstm",
  "linearText",
  "patchDiscriminator",
  "pspnet",
  "unet",
];

/** Values without a pattern; variances and scales above 0. */
function parametersOf({ parameters }: Network): tf.Tensor[] {
  return parameters.map(({ shape, role }, k) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const around = role === "statistic" || role === "scale" ? 0.7 : 0;
    const values = Float32Array.from(
      { length: size },
      (_, i) => around + 0.3 * Math.sin(1 + 1.7 * i + 0.31 * i * i + k),
    );
    return tf.tensor(values, [...shape]);
  });
}

function example(shape: readonly number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 2);
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(3 * i));
  return tf.tensor(values, [2, ...shape]);
}

/** The largest difference, relative to the largest value. */
function difference(a: tf.Tensor, b: tf.Tensor): number {
  deepStrictEqual(a.shape, b.shape);
  const [x, y] = [a.dataSync(), b.dataSync()];
  const largest = Math.max(...x.map(Math.abs));
  ok(largest > 0 && largest < Infinity);
  return Math.max(...x.map((v, i) => Math.abs(v - y[i]!))) / largest;
}

for (const [spec, inputShape] of small) {
  Deno.test(`a layers model of ${JSON.stringify(spec)}`, async () => {
    const network = parseNetwork(spec, { inputShape, classes: 3 });
    const parameters = parametersOf(network);
    const model = layersModelOf(network, parameters);
    const x = example(inputShape);
    const { output } = network.apply(parameters, x, { training: false });
    ok(difference(output, model.predict(x) as tf.Tensor) < 1e-5);
    strictEqual(model.countParams() > 0, true);
    if (["resnet", "densenet", "googlenet"].includes(spec.kind)) {
      await withFolder(async (folder) => {
        for (const file of ["a.keras", "a.json"]) {
          await saveModel(join(folder, file), model);
          const copy = await openModel(join(folder, file));
          ok(difference(output, copy.predict(x)) < 1e-5, file);
          copy.dispose();
        }
      });
    }
    model.dispose();
    tf.dispose([x, output, parameters]);
  });
}

Deno.test("every kind of network is a layers model, or says that it is none", () => {
  const kinds = new Set([...small.map(([{ kind }]) => kind), ...others]);
  deepStrictEqual([...kinds].sort(), [...networkKinds].sort());
  const text = parseNetwork(
    { kind: "linearText", vocabulary: 10 },
    { inputShape: [4], classes: 2 },
  );
  strictEqual(text.toLayers, undefined);
  throws(
    () => layersModelOf(text, []),
    /has layers that TensorFlow.js has not: save it as \.safetensors/,
  );
});
