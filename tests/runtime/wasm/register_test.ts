import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { registerWasmBackend } from "../../../lib/runtime/wasm/mod.ts";

Deno.test("registerWasmBackend registers when called, quietly and once, and chooses nothing", async () => {
  strictEqual(tf.findBackend("wasm"), null);
  deepStrictEqual(tf.getKernelsForBackend("wasm"), []);
  const { warn } = console;
  const warnings: unknown[] = [];
  console.warn = (...text: unknown[]): void => void warnings.push(text);
  try {
    await tf.setBackend("cpu");
    await Promise.all([registerWasmBackend(), registerWasmBackend()]);
    const kernels = tf.getKernelsForBackend("wasm");
    await registerWasmBackend();
    deepStrictEqual(tf.getKernelsForBackend("wasm"), kernels);
    strictEqual(tf.getBackend(), "cpu");
  } finally {
    console.warn = warn;
  }
  deepStrictEqual(warnings, []);
});
