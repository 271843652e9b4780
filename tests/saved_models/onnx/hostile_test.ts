/**
 * ONNX files that are damaged, hostile, or hold what is not read.
 *
 * @module
 */
import { ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { ModelFileError } from "../../../lib/saved_models/model_file_error.ts";
import { openModel } from "../../../lib/saved_models/open_model.ts";
import { type Content, message } from "../../support/protobuf.ts";
import { withFolder } from "../../support/with_folder.ts";
import { fixturePath } from "./fixtures.ts";

await initialize({ backend: "cpu" });

type Fields = (readonly [number, Content])[];

const end = (name: string, ...shape: number[]) =>
  message([1, name], [
    2,
    message([
      1,
      message([1, 1], [
        2,
        message(
          ...shape.map((n) => [1, message([1, n])] as const),
        ),
      ]),
    ]),
  ]);

const node = (
  op: string,
  inputs: string[],
  output: string,
  ...attributes: Uint8Array[]
) =>
  message(
    ...inputs.map((name) => [1, name] as const),
    [2, output],
    [3, output],
    [4, op],
    ...attributes.map((one) => [5, one] as const),
  );

const tensor = (name: string, shape: (number | bigint)[], ...rest: Fields) =>
  message(
    ...shape.map((n) => [1, n] as const),
    [2, 1],
    [8, name],
    ...rest,
  );

const kernel = tensor("w", [2, 2], [9, Float32Array.of(1, 2, 3, 4)]);

/** A model from x [n, 2] to y. */
const model = (nodes: Uint8Array[], tensors: Uint8Array[], ...more: Fields) =>
  message(
    [8, message([1, ""], [2, 18])],
    [
      7,
      message(
        ...nodes.map((one) => [1, one] as const),
        ...tensors.map((one) => [5, one] as const),
        [11, end("x", 0, 2)],
        [12, end("y", 0, 2)],
        ...more,
      ),
    ],
  );

const product = node("MatMul", ["x", "w"], "y");

async function refuses(
  bytes: Uint8Array,
  reason: RegExp,
  files: Record<string, Uint8Array> = {},
): Promise<void> {
  await withFolder(async (folder) => {
    for (const [name, contents] of Object.entries(files)) {
      await Deno.writeFile(join(folder, name), contents);
    }
    const path = join(folder, "a.onnx");
    await Deno.writeFile(path, bytes);
    const before = tf.memory().numTensors;
    await rejects(openModel(path), (error) => {
      ok(error instanceof ModelFileError, String(error));
      ok(!error.message.includes("\n"), "one line");
      ok(error.message.includes(folder), `${error.message} names the file`);
      ok(reason.test(error.message), error.message);
      return true;
    });
    strictEqual(tf.memory().numTensors, before);
  });
}

Deno.test("the smallest model", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "a.onnx");
    await Deno.writeFile(path, model([product], [kernel]));
    const opened = await openModel(path);
    tf.tidy(() => {
      const y = opened.predict(tf.tensor2d([[1, 1]]));
      strictEqual([...y.dataSync()].join(), "4,6");
    });
    opened.dispose();
  });
});

Deno.test("a graph with a cycle", async () => {
  await refuses(
    model([
      node("Add", ["x", "b"], "a"),
      node("Relu", ["a"], "b"),
      node("Add", ["a", "b"], "y"),
    ], []),
    /operation "a" \(Add\) needs its own result: the graph has a cycle/,
  );
});

Deno.test("values that are missing, or there twice", async () => {
  await refuses(
    model([node("Relu", ["nowhere"], "y")], []),
    /operation "y" \(Relu\) needs a value "nowhere", which is not there/,
  );
  await refuses(model([], []), /the output needs a value "y"/);
  await refuses(model([product, product], [kernel]), /"y" is there twice/);
  await refuses(model([product], [kernel, kernel]), /"w" is there twice/);
});

Deno.test("operations that are not read are named", async () => {
  await refuses(
    model([node("NonMaxSuppression", ["x"], "y")], []),
    /operation "y" \(NonMaxSuppression\) is not one that is read/,
  );
  await refuses(
    model([node("constructor", ["x"], "y")], []),
    /\(constructor\) is not one that is read/,
  );
  const body = message([1, "body"], [6, message()], [20, 5]);
  await refuses(
    model([node("Loop", ["x"], "y", body)], []),
    /has a graph within "body", which is not read/,
  );
});

Deno.test("weights that are not finite are named", async () => {
  const values = Float32Array.of(1, NaN, 3, 4);
  const name = "fc\n1";
  await refuses(
    model([node("MatMul", ["x", name], "y")], [
      tensor(name, [2, 2], [9, values]),
    ]),
    /weight "fc\\n1" has the value NaN at 1/,
  );
  await refuses(
    model([product], [tensor("w", [2, 2], [9, values])]),
    /weight "w" has the value NaN at 1/,
  );
});

Deno.test("tensors that claim too much", async () => {
  const claims = (shape: (number | bigint)[], ...rest: Fields) =>
    model([product], [tensor("w", shape, ...rest)]);
  const bytes = Float32Array.of(1, 2, 3, 4);
  await refuses(claims([2n ** 62n, 2], [9, bytes]), /has the shape \[4611686/);
  await refuses(claims([-1, 2], [9, bytes]), /has the shape \[-1,2\]/);
  await refuses(claims([2, 3], [9, bytes]), /has 16 bytes, expected 24/);
  await refuses(claims([2 ** 30, 1]), /has 0 numbers, expected 1073741824/);
  await refuses(
    model([product], [message([1, 2], [1, 2], [2, 8], [8, "w"])]),
    /tensor "w" is of type 8, which is not read/,
  );
});

Deno.test("results that no memory holds", async () => {
  const shape = message([1, 2], [2, 7], [8, "s"], [
    9,
    new Uint8Array(BigInt64Array.of(2n ** 40n, 2n ** 20n).buffer),
  ]);
  await refuses(
    model([
      node("ConstantOfShape", ["s"], "a"),
      node("Add", ["x", "a"], "y"),
    ], [shape]),
    /operation "a" \(ConstantOfShape\): a result would have the shape/,
  );
  // Each is twice as large as the one before.
  const doubled = Array.from({ length: 60 }, (_, i) => {
    const from = i === 0 ? "x" : `a${i}`;
    const axis = message([1, "axis"], [3, 1], [20, 2]);
    return node("Concat", [from, from], i === 59 ? "y" : `a${i + 1}`, axis);
  });
  await refuses(model(doubled, []), /results of all operations are too large/);
});

Deno.test("weights in other files are read below the folder alone", async () => {
  const external = (location: string, ...more: Fields) =>
    model([product], [
      tensor(
        "w",
        [2, 2],
        [13, message([1, "location"], [2, location])],
        ...more,
        [14, 1],
      ),
    ]);
  const entry = (key: string, value: string) =>
    [13, message([1, key], [2, value])] as const;
  for (const path of ["../w", "/etc/passwd", "a/../../w", "file:///w", ""]) {
    await refuses(external(path), /paths must lead down from its own folder/);
  }
  await refuses(external("w.bin"), /w\.bin: is missing/);
  const files = { "w.bin": new Uint8Array(16) };
  await refuses(
    external("w.bin", entry("offset", "9223372036854775807")),
    /at the offset "9223372036854775807" of a file/,
    files,
  );
  await refuses(
    external("w.bin", entry("offset", "8"), entry("length", "16")),
    /has weights at 8 to 24 of "w\.bin", which has 16 bytes/,
    files,
  );
});

Deno.test("what is no model, or of another version", async () => {
  await refuses(new Uint8Array(), /is not an ONNX model/);
  await refuses(new Uint8Array(100).fill(0xff), /a damaged protocol buffer/);
  const whole = await Deno.readFile(fixturePath("mlp"));
  await refuses(whole.subarray(0, 500), /a damaged protocol buffer: field 7/);
  await refuses(
    message([8, message([2, 99])], [7, message()]),
    /uses version 99 of ONNX's operations; 7 to \d+ are read/,
  );
  await refuses(
    model([product], [kernel], [11, end("z", 2)]),
    /one input, got 2: "x", "z"/,
  );
});

Deno.test("a model that mixes examples, or gives classes", async () => {
  const axes = message([1, 1], [2, 7], [8, "axes"], [
    9,
    new Uint8Array(BigInt64Array.of(0n).buffer),
  ]);
  await refuses(
    model([
      node("ReduceMean", ["x", "axes"], "m"),
      node("Add", ["x", "m"], "y"),
    ], [axes]),
    /other outputs for two examples together than for each alone/,
  );
  await refuses(
    model([node("ArgMax", ["x"], "y")], []),
    /is the end: outputs must be scores, not classes/,
  );
});
