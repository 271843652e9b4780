/**
 * Graphs of TensorFlow that are damaged, hostile, or hold what is not read.
 *
 * @module
 */
import { ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { ModelFileError } from "../../../lib/saved_models/model_file_error.ts";
import { openModel } from "../../../lib/saved_models/open_model.ts";
import { message } from "../../support/protobuf.ts";
import { withFolder } from "../../support/with_folder.ts";
import { fixtureBytes, type Format, writeFixture } from "./fixtures.ts";

await initialize({ backend: "cpu" });

/** Writes a model, some of its files otherwise; it must be refused. */
async function refuses(
  format: Format,
  files: Record<string, Uint8Array | string>,
  reason: RegExp,
): Promise<void> {
  await withFolder(async (folder) => {
    await writeFixture(folder, "plain", format, files);
    const before = tf.memory().numTensors;
    await rejects(openModel(folder), (error) => {
      ok(error instanceof ModelFileError, String(error));
      ok(!error.message.includes("\n"), "one line");
      ok(error.message.includes(folder), `${error.message} names the file`);
      ok(reason.test(error.message), error.message);
      return true;
    });
    strictEqual(tf.memory().numTensors, before);
  });
}

const attributes = {
  float: { T: { type: "DT_FLOAT" } },
  input: {
    dtype: { type: "DT_FLOAT" },
    shape: { shape: { dim: [{ size: "-1" }, { size: "2" }] } },
  },
  constant: { dtype: { type: "DT_FLOAT" } },
};

const x = { name: "x", op: "Placeholder", attr: attributes.input };
const w = { name: "w", op: "Const", attr: attributes.constant };
const product = {
  name: "y",
  op: "MatMul",
  input: ["x", "w"],
  attr: attributes.float,
};

/** A graph model, and numbers for the weight w. */
const graph = (
  node: unknown[],
  numbers = [1, 2, 3, 4],
  more = {},
  weight: Record<string, unknown> = {},
) => ({
  "model.json": JSON.stringify({
    format: "graph-model",
    modelTopology: { node, versions: {} },
    signature: {
      inputs: { x: { name: "x:0" } },
      outputs: { y: { name: "y:0" } },
    },
    weightsManifest: [{
      paths: ["group1-shard1of1.bin"],
      weights: [{ name: "w", shape: [2, 2], dtype: "float32", ...weight }],
    }],
    ...more,
  }),
  "group1-shard1of1.bin": new Uint8Array(Float32Array.from(numbers).buffer),
});

Deno.test("the smallest graph model", async () => {
  await withFolder(async (folder) => {
    const files = graph([x, w, product]);
    await writeFixture(folder, "plain", "graph_model", files);
    const model = await openModel(folder);
    strictEqual(model.format, "graphModel");
    tf.tidy(() => {
      const y = model.predict(tf.tensor2d([[1, 1]]));
      strictEqual([...y.dataSync()].join(), "4,6");
    });
    model.dispose();
  });
});

Deno.test("graph models: cycles, unknown operations, missing values", async () => {
  const relu = (name: string, ...input: string[]) => ({
    name,
    op: input.length === 1 ? "Relu" : "AddV2",
    input,
  });
  const cases: [unknown[], RegExp][] = [
    [[x, relu("a", "x", "b"), relu("b", "a"), relu("y", "b")], /has a cycle/],
    [[x, relu("y", "nowhere")], /needs a value "nowhere", which is not there/],
    [[x, { name: "y", op: "WriteFile", input: ["x"] }], /\(WriteFile\) is not/],
    [[x, { name: "y", op: "__proto__", input: ["x"] }], /\(__proto__\) is not/],
    [[x, { name: "y", op: 7 }], /the kind of operation "y" must be a string/],
    [[x, w, product, product], /value "y" is there twice/],
    [[w, product], /has no input "x"/],
    [[{ ...x, attr: {} }, w, product], /its input has the shape \[\]/],
    [
      [x, w, { ...product, attr: { transpose_a: { s: "%%%" } } }],
      /"transpose_a" of operation "y" is not in base 64/,
    ],
    [
      [x, w, { ...product, attr: { transpose_a: { s: "AAAA" } } }],
      /operation "y" \(MatMul\): its transpose_a must be an integer/,
    ],
    [
      [x, { name: "y", op: "PartitionedCall", input: ["x"] }],
      /calls a function undefined, which is not there/,
    ],
  ];
  for (const [nodes, reason] of cases) {
    const files = nodes.includes(w) ? graph(nodes) : {
      ...graph(nodes, [], { weightsManifest: [] }),
    };
    await refuses("graph_model", files, reason);
  }
});

Deno.test("graph models: functions that call themselves", async () => {
  const call = {
    name: "y",
    op: "PartitionedCall",
    input: ["x"],
    attr: { f: { func: { name: "again" } } },
  };
  const library = {
    function: [{
      signature: {
        name: "again",
        inputArg: [{ name: "x" }],
        outputArg: [{ name: "out" }],
      },
      nodeDef: [call, { ...call, name: "z" }],
      ret: { out: "y:output:0" },
    }],
  };
  await refuses(
    "graph_model",
    graph([x, call], [], {
      modelTopology: { node: [x, call], library },
      weightsManifest: [],
    }),
    /functions that call each other without end/,
  );
});

Deno.test("graph models: functions of calls that double", async () => {
  const call = (name: string, to: number) => ({
    name,
    op: "PartitionedCall",
    input: ["x"],
    attr: { f: { func: { name: `f${to}` } } },
  });
  const functions = Array.from({ length: 40 }, (_, i) => ({
    signature: {
      name: `f${i}`,
      inputArg: [{ name: "x" }],
      outputArg: [{ name: "out" }],
    },
    nodeDef: i === 39 ? [] : [call("a", i + 1), call("b", i + 1)],
    ret: { out: i === 39 ? "x" : "a:output:0" },
  }));
  await refuses(
    "graph_model",
    graph([], [], {
      modelTopology: {
        node: [x, call("y", 0)],
        library: { function: functions },
      },
      weightsManifest: [],
    }),
    /has more than 100000 operations/,
  );
});

Deno.test("graph models: weights that are hostile", async () => {
  const nodes = [x, w, product];
  await refuses(
    "graph_model",
    graph(nodes, [1, NaN, 3, 4]),
    /weight "w" has the value NaN at 1/,
  );
  await refuses(
    "graph_model",
    graph(nodes, [1, 2, 3]),
    /describes 16 bytes of weights, but their files have 12/,
  );
  await refuses(
    "graph_model",
    graph(nodes, [], {}, { shape: [2 ** 40, 2 ** 23] }),
    /weight "w" has the shape/,
  );
  for (const path of ["../w", "/etc/passwd", "C:\\w"]) {
    const weightsManifest = [{ paths: [path], weights: [] }];
    await refuses(
      "graph_model",
      graph(nodes, [], { weightsManifest }),
      /paths must lead down from its own folder/,
    );
  }
  const { "model.json": json } = graph(nodes);
  await refuses(
    "graph_model",
    { "model.json": json.replace('"versions"', '"__proto__"') },
    /has a key named "__proto__"/,
  );
});

Deno.test("SavedModels: what is no graph, or has no signature", async () => {
  const saved = (bytes: Uint8Array) => ({ "saved_model.pb": bytes });
  await refuses("saved_model", saved(new Uint8Array()), /the tag serve/);
  const whole = await fixtureBytes("plain/saved_model/saved_model.pb");
  for (const share of [0.1, 0.5, 0.9, 0.999]) {
    const cut = whole.subarray(0, Math.floor(share * whole.length));
    await refuses("saved_model", saved(cut), /a damaged protocol buffer/);
  }
  const meta = message([1, message([4, "serve"])], [2, message()], [
    5,
    message([1, "other\u0007"], [2, message()]),
  ]);
  await refuses(
    "saved_model",
    saved(message([2, meta])),
    /has no signature serving_default, only "other\\u0007"/,
  );
});

Deno.test("SavedModels: operations that read or write files are not run", async () => {
  const node = (name: string, op: string, ...input: string[]) =>
    message(
      [1, name],
      [2, op],
      ...input.map((one) => [3, one] as const),
    );
  const shape = message([2, message([1, -1])], [2, message([1, 2])]);
  const input = message([1, "x"], [2, "Placeholder"], [
    5,
    message([1, "shape"], [2, message([7, shape])]),
  ]);
  const end = (name: string) =>
    message([1, "e"], [2, message([1, `${name}:0`])]);
  const meta = message(
    [1, message([4, "serve"])],
    [2, message([1, input], [1, node("y", "ReadFile", "x")])],
    [
      5,
      message([1, "serving_default"], [
        2,
        message([1, end("x")], [2, end("y")]),
      ]),
    ],
  );
  await refuses(
    "saved_model",
    { "saved_model.pb": message([2, meta]) },
    /operation "y" \(ReadFile\) is not one that is read/,
  );
});

Deno.test("SavedModels: checkpoints that are damaged", async () => {
  const index = "variables/variables.index";
  const data = "variables/variables.data-00000-of-00001";
  const whole = await fixtureBytes(`plain/saved_model/${index}`);
  await refuses(
    "saved_model",
    { [index]: whole.subarray(0, 20) },
    /variables\.index: is a damaged checkpoint index: it is too short/,
  );
  const other = Uint8Array.from(whole);
  other[other.length - 1]! ^= 1;
  await refuses("saved_model", { [index]: other }, /its last bytes are others/);
  const far = Uint8Array.from(whole);
  far.fill(0xff, far.length - 48, far.length - 44); // where the blocks are
  await refuses("saved_model", { [index]: far }, /damaged checkpoint index/);
  await refuses(
    "saved_model",
    { [data]: new Uint8Array(10) },
    /has \d+ bytes at \d+, but the file 10/,
  );
  const numbers = await fixtureBytes(`plain/saved_model/${data}`);
  const nan = Uint8Array.from(numbers).fill(0xff, 0, 200);
  await refuses("saved_model", { [data]: nan }, /weight "Variable\w*" has the/);
});
