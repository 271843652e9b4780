import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { DataType } from "../../../lib/runtime/tensorflow/data_types.ts";
import type {
  Values,
  WritableValues,
} from "../../../lib/runtime/tensorflow/values.ts";
import { collectGarbage } from "../../support/collect_garbage.ts";
import {
  nativeBackend,
  tensorTest,
  tidied,
} from "../../support/tensor_test.ts";

/** What comes back of values written as an element type. */
function roundTrip(
  shape: number[],
  dataType: number,
  values: WritableValues,
): Values {
  const { slope } = nativeBackend();
  const id = slope.createTensor(shape, dataType, values);
  try {
    return slope.tensorDataSync(id);
  } finally {
    slope.deleteTensor(id);
  }
}

const text = new TextEncoder();

tensorTest("every element type is written and read", () => {
  const cases: [keyof typeof DataType, ArrayBufferView][] = [
    ["float32", Float32Array.of(1.5, -0, NaN, Infinity)],
    ["float64", Float64Array.of(0.1, Number.MIN_VALUE, -0, NaN)],
    ["int32", Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1)],
    ["uint8", Uint8Array.of(0, 1, 254, 255)],
    ["int16", Int16Array.of(-(2 ** 15), -1, 0, 2 ** 15 - 1)],
    ["int8", Int8Array.of(-128, -1, 0, 127)],
    ["int64", BigInt64Array.of(-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n)],
    ["bool", Uint8Array.of(0, 1, 1, 0)],
    ["bfloat16", Uint16Array.of(0x3f80, 0, 0x7f80, 1)],
    ["uint16", Uint16Array.of(0, 1, 2, 65535)],
    ["float16", Uint16Array.of(0x3c00, 0, 0x7c00, 1)],
    ["uint32", Uint32Array.of(0, 1, 2, 2 ** 32 - 1)],
    ["uint64", BigUint64Array.of(0n, 1n, 2n, 2n ** 64n - 1n)],
  ];
  for (const [name, values] of cases) {
    deepStrictEqual(roundTrip([2, 2], DataType[name], values), values, name);
  }
  const complex = Float32Array.of(1, 2, 3, 4);
  deepStrictEqual(roundTrip([2], DataType.complex64, complex), complex);
});

tensorTest("plain arrays are converted", () => {
  const { float32, float64, int32, int64, bool, uint8, uint64 } = DataType;
  deepStrictEqual(roundTrip([2], float32, [1, 0.1]), Float32Array.of(1, 0.1));
  deepStrictEqual(roundTrip([1], float64, [0.1]), Float64Array.of(0.1));
  deepStrictEqual(roundTrip([2], int32, [1, -2]), Int32Array.of(1, -2));
  deepStrictEqual(roundTrip([2], int64, [1, -2]), BigInt64Array.of(1n, -2n));
  deepStrictEqual(roundTrip([1], uint64, [2n]), BigUint64Array.of(2n));
  deepStrictEqual(roundTrip([2], bool, [true, false]), Uint8Array.of(1, 0));
  deepStrictEqual(roundTrip([], uint8, [200]), Uint8Array.of(200));
});

tensorTest("int64 takes TensorFlow.js's pairs of 32-bit words", () => {
  deepStrictEqual(
    roundTrip([2], DataType.int64, Int32Array.of(5, 1, -1, -1)),
    BigInt64Array.of(2n ** 32n + 5n, -1n),
  );
});

tensorTest("float32 and float64 values stand in for each other", () => {
  const { float32, float64 } = DataType;
  deepStrictEqual(
    roundTrip([1], float64, Float32Array.of(0.5)),
    Float64Array.of(0.5),
  );
  deepStrictEqual(
    roundTrip([1], float32, Float64Array.of(0.1)),
    Float32Array.of(0.1),
  );
});

tensorTest("a view of part of a buffer is written as that part", () => {
  const whole = Float32Array.of(1, 2, 3, 4);
  deepStrictEqual(
    roundTrip([2], DataType.float32, whole.subarray(1, 3)),
    Float32Array.of(2, 3),
  );
});

tensorTest("tensors without elements are written and read", () => {
  const { float32, string } = DataType;
  deepStrictEqual(roundTrip([0], float32, []), new Float32Array());
  deepStrictEqual(roundTrip([3, 0, 2], float32, []), new Float32Array());
  deepStrictEqual(roundTrip([0], string, []), []);
});

tensorTest("strings of any length and content come back", () => {
  fc.assert(fc.property(
    fc.array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string({ minLength: 20, maxLength: 26 }), // 22 bytes fit into a cell
        fc.constant("x".repeat(70_000)),
      ),
      { maxLength: 5 },
    ),
    (strings) => {
      const bytes = strings.map((s) => text.encode(s));
      deepStrictEqual(
        roundTrip([strings.length], DataType.string, bytes),
        bytes,
      );
    },
  ));
});

tensorTest("bytes that are not UTF-8 come back", () => {
  const bytes = [Uint8Array.of(0, 255, 254, 0), new Uint8Array()];
  deepStrictEqual(roundTrip([2], DataType.string, bytes), bytes);
});

tensorTest(
  "tf.tensor carries strings, booleans and complex numbers",
  tidied(() => {
    const strings = [["", "äöü €"], ["a string of more than 22 bytes", "\0"]];
    deepStrictEqual(tf.tensor(strings).arraySync(), strings);
    const moved = tf.concat([tf.tensor(["a"]), tf.tensor(["b"])]);
    deepStrictEqual(moved.arraySync(), ["a", "b"]);
    deepStrictEqual(tf.logicalNot([true, false]).arraySync(), [0, 1]);
    const product = tf.mul(tf.complex([1, 2], [3, 4]), tf.complex([0], [1]));
    deepStrictEqual([...product.dataSync()], [-3, 1, -4, 2]);
  }),
);

tensorTest("values that do not fill the shape are refused", () => {
  const { float32, int64, string, resource } = DataType;
  throws(() => roundTrip([2, 2], float32, [1, 2, 3]), {
    name: "TypeError",
    message: "A float32 tensor of shape [2,2] needs 16 bytes, got 12",
  });
  throws(
    () => roundTrip([2], int64, Int32Array.of(1, 2)),
    /int64 tensor of shape \[2\] needs 16 bytes, got 8/,
  );
  throws(
    () => roundTrip([2], string, [text.encode("a")]),
    /string tensor of shape \[2\] needs 2 values, got 1/,
  );
  throws(() => roundTrip([], resource, []), /resource cannot be made/);
});

tensorTest("arrays of another type are refused, not reinterpreted", () => {
  throws(() => roundTrip([1], DataType.float32, Int32Array.of(1)), {
    name: "TypeError",
    message: "A float32 tensor is made from a Float32Array, got a Int32Array",
  });
  throws(() => roundTrip([1], DataType.bool, Int8Array.of(1)), TypeError);
});

tensorTest("the characters of strings are freed", async () => {
  const strings = Array.from({ length: 1000 }, () => "x".repeat(1000));
  const churn = (): void => {
    for (let i = 0; i < 30; i++) {
      tf.tidy(() => tf.reshape(tf.tensor(strings), [10, 100]).dataSync());
    }
  };
  churn();
  await collectGarbage();
  const before = Deno.memoryUsage().rss;
  churn();
  churn();
  await collectGarbage();
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  ok(grown < 30, `grew by ${grown} MiB where 60 MB went through`);
});

tensorTest("tensors that share strings outlive each other", () => {
  const tensor = tf.tensor(["shared"]);
  const copies = [tf.clone(tensor), tf.reshape(tensor, [1, 1])];
  tensor.dispose();
  strictEqual(copies[0]!.dataSync().join(), "shared");
  strictEqual(copies[1]!.dataSync().join(), "shared");
  tf.dispose(copies);
});
