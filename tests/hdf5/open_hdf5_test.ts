import { deepStrictEqual, strictEqual, throws } from "node:assert";
import {
  encodeHdf5,
  type Hdf5Dataset,
  type Hdf5Group,
  openHdf5,
} from "../../lib/hdf5/mod.ts";
import { fixtureBytes } from "../saved_models/keras/fixtures.ts";

const bytes = await fixtureBytes("sequential_keras3.h5");

Deno.test("groups, attributes and data sets are found by their paths", () => {
  const file = openHdf5(bytes);
  deepStrictEqual(file.names(""), ["model_weights"]);
  deepStrictEqual(file.texts("model_weights", "layer_names"), [
    "conv2d",
    "batch_normalization",
    "max_pooling2d",
    "flatten",
    "dense",
    "dropout",
    "dense_1",
  ]);
  deepStrictEqual(file.texts("model_weights/conv2d", "weight_names"), [
    "plain/conv2d/kernel",
    "plain/conv2d/bias",
  ]);
  deepStrictEqual(file.texts("model_weights/flatten", "weight_names"), []);
  strictEqual(file.text("", "backend"), "tensorflow");
  strictEqual(file.text("", "nothing"), undefined);
  const kernel = file.tensor("model_weights/conv2d/plain/conv2d/kernel");
  deepStrictEqual(kernel.shape, [3, 3, 1, 3]);
  strictEqual(kernel.values.length, 27);
  throws(() => file.tensor("model_weights"), /no data set "model_weights"/);
  throws(() => file.tensor("a/b"), /no data set "a\/b"/);
});

Deno.test("a tensor that is read again and again is larger than the file", () => {
  const file = openHdf5(bytes);
  throws(() => {
    for (let i = 0; i < 10_000; i++) {
      file.tensor("model_weights/dense/plain/dense/kernel");
    }
  }, /tensors that overlap/);
});

Deno.test("every truncation is refused or reads what is there", () => {
  for (let length = 0; length < bytes.length; length += 97) {
    try {
      openHdf5(bytes.slice(0, length)).names("model_weights");
    } catch (error) {
      strictEqual((error as Error).name, "SyntaxError");
    }
  }
});

Deno.test("what is no HDF5 file, or of another form, is refused", () => {
  throws(() => openHdf5(new Uint8Array(100)), /is not an HDF5 file/);
  const later = bytes.slice();
  later[8] = 9;
  throws(() => openHdf5(later), /a form that Keras does not write/);
});

Deno.test("groups with many children and empty ones are written as they are read", () => {
  const many = new Map(
    Array.from({ length: 300 }, (_, i) => [
      `layer_${i}`,
      { shape: [1], values: Float32Array.of(i) },
    ]),
  );
  const empty = { shape: [0, 3], values: new Float32Array() };
  const scalar = { shape: [], values: Float32Array.of(7) };
  const file = openHdf5(encodeHdf5(
    new Map<string, Hdf5Dataset | Hdf5Group>([
      ["many", many],
      ["empty", empty],
      ["scalar", scalar],
      ["none", new Map()],
    ]),
  ));
  deepStrictEqual(file.names("").toSorted(), [
    "empty",
    "many",
    "none",
    "scalar",
  ]);
  strictEqual(file.names("many").length, 300);
  strictEqual(file.tensor("many/layer_299").values[0], 299);
  deepStrictEqual(file.tensor("empty"), empty);
  deepStrictEqual(file.tensor("scalar"), scalar);
});
