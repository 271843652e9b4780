import { deepStrictEqual, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../lib/runtime/compile.ts";
import { AttributeType } from "../../../lib/runtime/tensorflow/attributes.ts";
import { DataType } from "../../../lib/runtime/tensorflow/data_types.ts";
import { nativeBackend, tensorTest } from "../../support/tensor_test.ts";

const { string, int, float, bool, type, shape } = AttributeType;
const { float32, int32 } = DataType;
const T = { name: "T", type, value: float32 };

/** An operation's outputs. */
function execute(
  name: string,
  attributes: { name: string; type: number; value: unknown }[],
  inputs: tf.Tensor[] = [],
  count = 1,
): tf.Tensor[] {
  return nativeBackend()
    .executeMultipleOutputs(name, attributes, inputs, count);
}

/** One case per kind of attribute: each must change what the operation gives. */
const cases: Record<string, { f: () => tf.Tensor; expected: unknown }> = {
  string: {
    f: () =>
      execute("StringJoin", [
        { name: "N", type: int, value: 2 },
        { name: "separator", type: string, value: " — " },
      ], [tf.scalar("a"), tf.scalar("b")])[0]!,
    expected: ["a — b"],
  },
  "an empty string": {
    f: () =>
      execute("StringJoin", [
        { name: "N", type: int, value: 2 },
        { name: "separator", type: string, value: "" },
      ], [tf.scalar("a"), tf.scalar("b")])[0]!,
    expected: ["ab"],
  },
  "list(string)": {
    f: () =>
      execute("DeviceIndex", [
        { name: "device_names", type: string, value: ["TPU", "", "CPU"] },
      ])[0]!,
    expected: [2],
  },
  int: {
    f: () =>
      execute("OneHot", [
        { name: "axis", type: int, value: 0 },
        T,
        { name: "TI", type, value: int32 },
      ], [
        tf.tensor1d([1, 0, 1], "int32"),
        tf.scalar(2, "int32"),
        tf.scalar(1),
        tf.scalar(0),
      ])[0]!,
    expected: [0, 1, 0, 1, 0, 1],
  },
  "list(int)": {
    f: () =>
      execute("Squeeze", [T, { name: "squeeze_dims", type: int, value: [0] }], [
        tf.tensor([[[7]]]),
      ])[0]!,
    expected: [7],
  },
  float: {
    f: () =>
      execute("LeakyRelu", [T, { name: "alpha", type: float, value: 0.25 }], [
        tf.tensor1d([-4, 4]),
      ])[0]!,
    expected: [-1, 4],
  },
  "list(float)": {
    f: () =>
      execute("Bucketize", [
        T,
        { name: "boundaries", type: float, value: [0.5, 1.5] },
      ], [tf.tensor1d([0, 1, 2])])[0]!,
    expected: [0, 1, 2],
  },
  bool: {
    f: () =>
      execute("Cumsum", [
        T,
        { name: "Tidx", type, value: int32 },
        { name: "exclusive", type: bool, value: true },
        { name: "reverse", type: bool, value: false },
      ], [tf.tensor1d([1, 2, 3]), tf.scalar(0, "int32")])[0]!,
    expected: [0, 1, 3],
  },
  type: {
    f: () =>
      execute("Cast", [
        { name: "SrcT", type, value: float32 },
        { name: "DstT", type, value: int32 },
      ], [tf.tensor1d([1.5, -1.5])])[0]!,
    expected: [1, -1],
  },
  "list(type)": {
    f: () =>
      execute(
        "IdentityN",
        [
          { name: "T", type, value: [float32, int32] },
        ],
        [tf.scalar(1), tf.scalar(2, "int32")],
        2,
      )[1]!,
    expected: [2],
  },
};

for (const [kind, { f, expected }] of Object.entries(cases)) {
  tensorTest(`an attribute of kind ${kind} is set`, () => {
    const result = tf.tidy(f);
    deepStrictEqual([...result.dataSync()], expected);
    const compiled = compile(f);
    const recorded = compiled();
    deepStrictEqual([...recorded.dataSync()], expected, "recorded");
    compiled.dispose();
    tf.dispose([result, recorded]);
  });
}

const variable = [
  { name: "dtype", type, value: float32 },
  { name: "shape", type: shape, value: [2, 3] },
];

tensorTest("an attribute of kind shape is set", () => {
  const [handle] = execute("VarHandleOp", variable);
  const assign = (value: tf.Tensor) =>
    execute(
      "AssignVariableOp",
      [
        { name: "dtype", type, value: float32 },
        { name: "validate_shape", type: bool, value: true },
      ],
      [handle!, value],
      0,
    );
  const right = tf.zeros([2, 3]), wrong = tf.zeros([3, 2]);
  assign(right);
  throws(() => assign(wrong), /AssignVariableOp.*\[2,3\]/s);
  execute("DestroyResourceOp", [], [handle!], 0);
  tf.dispose([handle!, right, wrong]);
});

tensorTest("attributes of kinds list(shape) and list(type) are set", () => {
  const [queue] = execute("FIFOQueueV2", [
    { name: "component_types", type, value: [float32, int32] },
    { name: "shapes", type: shape, value: [[2], []] },
  ]);
  const components = { name: "Tcomponents", type, value: [float32, int32] };
  const enqueue = (pair: tf.Tensor[]) =>
    execute("QueueEnqueueV2", [components], [queue!, ...pair], 0);
  const right = [tf.tensor1d([1, 2]), tf.scalar(3, "int32")];
  const wrong = [tf.tensor1d([1, 2, 3]), tf.scalar(3, "int32")];
  enqueue(right);
  throws(() => enqueue(wrong), /Shape mismatch.*Expected \[2\], got \[3\]/s);
  const types = { name: "component_types", type, value: [float32, int32] };
  const [a, b] = execute("QueueDequeueV2", [types], [queue!], 2);
  deepStrictEqual([...a!.dataSync(), ...b!.dataSync()], [1, 2, 3]);
  tf.dispose([queue!, a!, b!, right, wrong]);
});

tensorTest("an attribute of kind list(bool) is set", () => {
  // No operation has one; TensorFlow says what it got in place of one bool.
  const value = [true, false];
  const x = tf.ones([1, 1]);
  const f = () =>
    execute("MatMul", [T, { name: "transpose_a", type: bool, value }], [x, x]);
  throws(f, /MatMul.*list\(bool\)/s);
  throws(() => compile(f)(), /MatMul.*list\(bool\)/s);
  x.dispose();
});

tensorTest("fractions of integer attributes are dropped", () => {
  const x = tf.tensor1d([3, 1]);
  const one = tf.scalar(1, "int32");
  const [values, indices] = execute(
    "TopKV2",
    [
      T,
      { name: "sorted", type: bool, value: true },
    ],
    [x, one],
    2,
  );
  strictEqual(values!.dataSync()[0], 3);
  // tf.multinomial passes a random seed in (0, 1) on.
  const logits = tf.tensor1d([0, 50, 0]);
  const draws = tf.multinomial(logits, 4);
  deepStrictEqual([...draws.dataSync()], [1, 1, 1, 1]);
  tf.dispose([x, one, values!, indices!, logits, draws]);
});

tensorTest("an attribute of an unknown kind is refused", () => {
  throws(
    () => execute("NoOp", [{ name: "a", type: 99, value: 0 }], [], 0),
    { name: "TypeError", message: "Attribute a has the unknown type 99" },
  );
});
