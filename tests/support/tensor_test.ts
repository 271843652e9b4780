import { strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, initialize } from "../../lib/runtime/initialize.ts";
import { currentTensorFlowBackend } from "../../lib/runtime/state.ts";
import type { TensorFlowBackend } from "../../lib/runtime/tensorflow/backend.ts";

/** The tensorflow backend in use. */
export function nativeBackend(): TensorFlowBackend {
  return currentTensorFlowBackend()!.backend;
}

/**
 * A test on a backend that must leave no tensor behind, neither on TensorFlow.js's
 * side nor on libtensorflow's.
 */
export function tensorTest(
  name: string,
  test: () => void | Promise<void>,
  backend: BackendName = "tensorflow",
): void {
  Deno.test(`${name} [${backend}]`, async () => {
    await initialize({ backend });
    const native = currentTensorFlowBackend()?.backend.slope;
    const tensors = tf.memory().numTensors;
    const handles = native?.getNumOfTensors();
    await test();
    strictEqual(tf.memory().numTensors, tensors, "tensors left behind");
    strictEqual(native?.getNumOfTensors(), handles, "handles left behind");
  });
}

/** Runs a test's body and disposes the tensors that it makes. */
export function tidied(body: () => void): () => void {
  return () => tf.tidy(body);
}
