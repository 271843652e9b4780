import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import "../kernel_cases.ts";

Deno.test("Identity shares data until its last owner is disposed", async () => {
  await tf.setBackend("wasm");
  const before = tf.engine().backend.numDataIds();
  const x = tf.tensor1d([1, 2, 3]);
  const y = tf.clone(x);
  strictEqual(tf.engine().backend.numDataIds(), before + 1);
  x.dispose();
  deepStrictEqual([...y.dataSync()], [1, 2, 3]);
  y.dispose();
  strictEqual(tf.engine().backend.numDataIds(), before);
});

Deno.test("a variable that is assigned anew leaves clones of its old value alone", async () => {
  await tf.setBackend("wasm");
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const old = tf.clone(variable);
  variable.assign(tf.tensor1d([3, 4]));
  deepStrictEqual([...old.dataSync()], [1, 2]);
  deepStrictEqual([...variable.dataSync()], [3, 4]);
  tf.dispose([variable, old]);
});
