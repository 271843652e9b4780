import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { DataType } from "../../../lib/runtime/tensorflow/data_types.ts";
import { TensorFlowError } from "../../../lib/runtime/tensorflow/library.ts";
import { collectGarbage } from "../../support/collect_garbage.ts";
import {
  nativeBackend,
  tensorTest,
  tidied,
} from "../../support/tensor_test.ts";

const T = { name: "T", type: 4, value: DataType.float32 };

tensorTest(
  "an error carries TensorFlow's message, code and the operation",
  () => {
    const [a, b] = [tf.ones([2, 3]), tf.ones([2, 3])];
    throws(
      () => nativeBackend().executeMultipleOutputs("MatMul", [T], [a, b], 1),
      (error: unknown) => {
        ok(error instanceof TensorFlowError);
        strictEqual(error.code, 3); // invalid argument
        ok(
          error.message.startsWith(
            "Operation MatMul failed: Matrix size-incomp",
          ),
        );
        return true;
      },
    );
    throws(() => tf.slice(a, [0, 0], [9, 9]), /Slice/i);
    tf.dispose([a, b]);
  },
);

tensorTest("unknown operations, inputs and attributes are named", () => {
  const { slope } = nativeBackend();
  throws(
    () => slope.executeOp("NoSuchOperation", [], [], 1),
    /^TensorFlowError: Operation NoSuchOperation is not known: .*NoSuchOperation/,
  );
  throws(() => slope.executeOp("Neg", [T], [123456789], 1), /Tensor 123456789/);
  throws(
    () => slope.tensorDataSync(123456789),
    /Tensor 123456789 was disposed/,
  );
  throws(() => slope.executeOp("Neg", [], [], 1), /Operation Neg failed/);
});

tensorTest("an error leaves no trace on later operations", () => {
  const { slope } = nativeBackend();
  throws(() => slope.executeOp("NoSuchOperation", [], [], 1));
  const id = slope.createTensor([1], DataType.float32, [2]);
  const [output] = slope.executeOp("Neg", [T], [id], 1);
  deepStrictEqual(slope.tensorDataSync(output!.id), Float32Array.of(-2));
  slope.deleteTensor(id);
  slope.deleteTensor(output!.id);
});

tensorTest("outputs come with id, shape and element type", () => {
  const { slope } = nativeBackend();
  const id = slope.createTensor([2, 0, 3], DataType.int64, []);
  const type = { name: "T", type: 4, value: DataType.int64 };
  const [output] = slope.executeOp("Identity", [type], [id], 1);
  deepStrictEqual(output!.shape, [2, 0, 3]);
  strictEqual(output!.dtype, DataType.int64);
  ok(output!.id > id);
  slope.deleteTensor(id);
  slope.deleteTensor(output!.id);
  slope.deleteTensor(output!.id); // twice does no harm
});

tensorTest(
  "resources: a variable is made, assigned, read and destroyed",
  () => {
    const backend = nativeBackend();
    const dtype = { name: "dtype", type: 4, value: DataType.float32 };
    const run = (name: string, inputs: tf.Tensor[], count: number) =>
      backend.executeMultipleOutputs(name, [dtype], inputs, count);
    const [handle] = backend.executeMultipleOutputs(
      "VarHandleOp",
      [
        dtype,
        { name: "shape", type: 5, value: [2] },
        { name: "shared_name", type: 0, value: "a resource of this test" },
      ],
      [],
      1,
    );
    strictEqual(handle!.dtype, "string"); // as TensorFlow.js shows resources
    const bytes = backend.readSync(handle!.dataId) as Uint8Array;
    ok(bytes instanceof Uint8Array && bytes.length > 0);
    const [one, two] = [tf.tensor1d([1, 2]), tf.tensor1d([10, 20])];
    run("AssignVariableOp", [handle!, one], 0);
    run("AssignAddVariableOp", [handle!, two], 0);
    const [value] = run("ReadVariableOp", [handle!], 1);
    deepStrictEqual([...value!.dataSync()], [11, 22]);
    backend.executeMultipleOutputs("DestroyResourceOp", [], [handle!], 0);
    throws(() => run("ReadVariableOp", [handle!], 1), /ReadVariableOp/);
    tf.dispose([handle!, value!, one, two]);
  },
);

tensorTest(
  "10,000 operations leave the counts and the memory flat",
  async () => {
    const x = tf.ones([100, 100]);
    const work = (): void => {
      for (let i = 0; i < 5000; i++) tf.dispose(tf.add(x, tf.scalar(i)));
    };
    const { slope } = nativeBackend();
    tf.tidy(work); // tf.scalar's tensors go with the scope
    await collectGarbage();
    const handles = slope.getNumOfTensors();
    const resident = Deno.memoryUsage().rss;
    tf.tidy(work);
    strictEqual(slope.getNumOfTensors(), handles);
    await collectGarbage();
    const grown = (Deno.memoryUsage().rss - resident) / 2 ** 20;
    ok(grown < 30, `grew by ${grown} MiB`);
    x.dispose();
  },
);

tensorTest("a shared tensor is freed with its last name", () => {
  const { slope } = nativeBackend();
  const x = tf.tensor1d([1, 2]);
  const y = tf.clone(x);
  tf.dispose(tf.neg(x)); // now it is on the device
  const handles = slope.getNumOfTensors();
  x.dispose();
  strictEqual(slope.getNumOfTensors(), handles);
  deepStrictEqual([...y.dataSync()], [1, 2]);
  y.dispose();
  strictEqual(slope.getNumOfTensors(), handles - 1);
});

Deno.test("tensors that nobody disposes are freed with their JavaScript side", async () => {
  const { initialize } = await import("../../../lib/runtime/initialize.ts");
  await initialize({ backend: "tensorflow" });
  const { slope } = nativeBackend();
  await collectGarbage();
  const handles = slope.getNumOfTensors();
  const forget = (): void => {
    for (let i = 0; i < 100; i++) tf.neg(tf.scalar(i)); // two tensors
  };
  forget();
  strictEqual(slope.getNumOfTensors(), handles + 200);
  await collectGarbage();
  ok(slope.getNumOfTensors() < handles + 20, `${slope.getNumOfTensors()} left`);
});

tensorTest(
  "int64 results are read as BigInt64Array",
  tidied(() => {
    const { warn } = console;
    console.warn = () => {}; // upstream's remark
    try {
      const [x] = nativeBackend().executeMultipleOutputs(
        "Cast",
        [
          { name: "SrcT", type: 4, value: DataType.float32 },
          { name: "DstT", type: 4, value: DataType.int64 },
        ],
        [tf.tensor1d([2 ** 40, -1])],
        1,
      );
      const values = nativeBackend().readSync(x!.dataId) as unknown;
      deepStrictEqual(values, BigInt64Array.of(2n ** 40n, -1n));
    } finally {
      console.warn = warn;
    }
  }),
);
