import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { encodeSafetensors } from "../../lib/files/safetensors.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { ModelFileError } from "../../lib/saved_models/model_file_error.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { encodeZip } from "../../lib/zip/mod.ts";
import { npy } from "../support/npy.ts";
import { withFolder } from "../support/with_folder.ts";
import { fixtureBytes, largestDifference } from "./keras/fixtures.ts";

await initialize({ backend: "cpu" });

const architecture = { kind: "mlp", inputShape: [2], outputs: 1 };
const weights = {
  "output/kernel": { shape: [2, 1], values: Float32Array.of(2, 3) },
  "output/bias": { shape: [1], values: Float32Array.of(1) },
};

/** Writes files and opens the first; it must be refused. */
async function refuses(
  files: Record<string, Uint8Array | string>,
  reason: RegExp,
  options = {},
): Promise<void> {
  await withFolder(async (folder) => {
    for (const [name, contents] of Object.entries(files)) {
      const bytes = typeof contents === "string"
        ? new TextEncoder().encode(contents)
        : contents;
      await Deno.writeFile(join(folder, name), bytes);
    }
    const path = join(folder, Object.keys(files)[0]!);
    await rejects(openModel(path, options), (error) => {
      ok(error instanceof ModelFileError, String(error));
      ok(!error.message.includes("\n"), "one line");
      ok(error.message.includes(path), `${error.message} names ${path}`);
      ok(reason.test(error.message), error.message);
      return true;
    });
  });
}

Deno.test("a Keras file says what it is and predicts", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "images.keras");
    await Deno.writeFile(path, await fixtureBytes("images_keras3.keras"));
    const model = await openModel(path);
    strictEqual(model.format, "keras");
    strictEqual(model.sha256.length, 64);
    deepStrictEqual(model.inputShape, [8, 8, 2]);
    deepStrictEqual(model.outputShape, [3]);
    ok(largestDifference("images_keras3", model) < 1e-5);
    model.dispose();
  });
});

Deno.test("weights of a named network, as safetensors and as .npz", async () => {
  await withFolder(async (folder) => {
    const a = join(folder, "a.safetensors"), b = join(folder, "b.npz");
    await Deno.writeFile(
      a,
      encodeSafetensors({ tensors: weights, metadata: {} }),
    );
    await Deno.writeFile(
      b,
      encodeZip({
        "w.npy": npy("<f8", [2, 1], Float64Array.of(2, 3)),
        "output/bias.npy": npy("<f4", [1], Float32Array.of(1)),
      }),
    );
    const names = { "output/kernel": "w" };
    const before = tf.memory().numTensors;
    for (
      const model of [
        await openModel(a, { architecture }),
        await openModel(b, { architecture: { ...architecture, names } }),
      ]
    ) {
      tf.tidy(() => {
        const y = model.predict(tf.tensor2d([[10, 100]]));
        strictEqual(y.dataSync()[0], 321);
      });
      const values = new Float32Array(2);
      model.objective("meanSquaredError").parameters[0]!
        .initialise(values, undefined!);
      deepStrictEqual([...values], [2, 3]);
      model.dispose();
    }
    strictEqual(tf.memory().numTensors, before);
  });
});

Deno.test("weights of a Keras description", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const tensors = {
      "one/kernel": weights["output/kernel"],
      "one/bias": weights["output/bias"],
    };
    await Deno.writeFile(path, encodeSafetensors({ tensors, metadata: {} }));
    const model = await openModel(path, {
      architecture: {
        class_name: "Sequential",
        config: {
          name: "line",
          layers: [{
            class_name: "Dense",
            config: {
              name: "one",
              units: 1,
              activation: "linear",
              batch_input_shape: [null, 2],
            },
          }],
        },
      },
    });
    tf.tidy(() => {
      strictEqual(model.predict(tf.ones([1, 2])).dataSync()[0], 6);
    });
    model.dispose();
  });
});

Deno.test("weights that are not those of the architecture", async () => {
  const file = (
    tensors: Parameters<typeof encodeSafetensors>[0]["tensors"],
  ) => ({
    "a.safetensors": encodeSafetensors({ tensors, metadata: {} }),
  });
  const options = { architecture };
  await refuses(file(weights), /holds weights only: name the architecture/);
  await refuses(
    file({ "output/kernel": weights["output/kernel"] }),
    /has no tensor "output\/bias" for mlp/,
    options,
  );
  await refuses(
    file({
      ...weights,
      "output/kernel": { shape: [1, 2], values: Float32Array.of(2, 3) },
    }),
    /shape \[1,2\], expected \[2,1\]: transpose it/,
    options,
  );
  await refuses(
    file({ ...weights, more: weights["output/bias"] }),
    /has a tensor "more", which mlp.* does not have/,
    options,
  );
  await refuses(
    file({
      ...weights,
      "output/bias": { shape: [1], values: Float32Array.of(NaN) },
    }),
    /tensor "output\/bias" has the value NaN at 0/,
    options,
  );
  await refuses(file(weights), /did you mean "mlp"\?/, {
    architecture: { ...architecture, kind: "mpl" },
  });
  await refuses(file(weights), /"mlp": hidden cannot be \[1000000000\]/, {
    architecture: { ...architecture, hidden: [1e9] },
  });
});

Deno.test("pickles and graphs are refused with the reason", async () => {
  await refuses({ "a.pt": "x" }, /a pickle, which is code and never run/);
  await refuses({ "a.onnx": "x" }, /a damaged protocol buffer/);
  await refuses({ "a.pb": "x" }, /a part of a SavedModel: name the folder/);
  await refuses({ "a.krs": "x" }, /ending "\.krs", expected/);
  await rejects(
    openModel("/not/there.keras"),
    /\/not\/there\.keras: is missing/,
  );
});

Deno.test("headers that claim too much are refused", async () => {
  const header = new Uint8Array(16);
  new DataView(header.buffer).setBigUint64(0, 2n ** 63n, true);
  await refuses({ "a.safetensors": header }, /the header is said to have/, {
    architecture,
  });
  await refuses(
    {
      "a.npz": encodeZip({ "w.npy": npy("<f4", [2 ** 40], new Uint8Array()) }),
    },
    /shape \[1099511627776\]/,
    { architecture },
  );
});

Deno.test("archives that are hostile are refused", async () => {
  const json = new TextEncoder().encode("{}");
  await refuses(
    { "a.keras": encodeZip({ "../config.json": json }) },
    /has a file named "\.\.\/config\.json"/,
  );
  await refuses(
    { "a.keras": encodeZip({ "/config.json": json }) },
    /has a file named/,
  );
  await refuses(
    { "a.keras": encodeZip({ "x.json": json }) },
    /no config\.json/,
  );
  const bomb = await new Response(
    new Blob([new Uint8Array(1 << 20)]).stream()
      .pipeThrough(new CompressionStream("deflate-raw")),
  ).bytes();
  const zip = encodeZip({ "config.json": bomb });
  const view = new DataView(zip.buffer);
  const directory = view.getUint32(zip.length - 6, true);
  for (
    const [at, size] of [[8, 22], [directory + 10, directory + 24]] as const
  ) {
    view.setUint16(at, 8, true);
    view.setUint32(size, 1 << 20, true);
  }
  await refuses({ "a.keras": zip }, /may have at most \d+ bytes, has 1048576/);
});

Deno.test("model.json reads nothing outside its folder", async () => {
  const file = (path: unknown) => ({
    "model.json": JSON.stringify({
      modelTopology: {
        class_name: "Sequential",
        config: {
          layers: [{
            class_name: "Dense",
            config: {
              name: "one",
              units: 1,
              activation: "linear",
              batch_input_shape: [null, 1],
            },
          }],
        },
      },
      weightsManifest: [{
        paths: [path],
        weights: [{ name: "one/kernel", shape: [1, 1], dtype: "float32" }],
      }],
    }),
  });
  const outside = [
    "../w.bin",
    "/etc/passwd",
    "a/../../w",
    "file:///etc/passwd",
  ];
  for (const path of [...outside, "C:\\w", "a\\..\\w", "https://host/w", ""]) {
    await refuses(file(path), /paths must lead down from its own folder/);
  }
  await refuses(file(7), /must be a string, got 7/);
  await refuses(
    { ...file("w.bin"), "w.bin": new Uint8Array(5) },
    /describes 4 bytes of weights, but their files have 5/,
  );
  await refuses(
    { ...file("w.bin"), "w.bin": new Uint8Array(4) },
    /a weight of shape \[1\] is described, but the file has fewer values/,
  );
});
