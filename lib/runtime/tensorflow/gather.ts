/**
 * `GatherV2` that can be recorded: TensorFlow.js's own kernel reads the indices
 * to check them, which a graph's indices cannot be.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Attribute } from "./attributes.ts";
import { DataType } from "./data_types.ts";

interface Backend {
  recording: unknown;
  getDTypeInteger(dtype: string): number;
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
}

/**
 * Replaces the tensorflow backend's `GatherV2`. Executed one by one it checks its
 * indices as before; recorded, it leaves that to TensorFlow (which on a CPU
 * fails, and on a GPU gives zeros, for an index out of range).
 */
export function registerRecordableGather(): void {
  const upstream = tf.getKernel("GatherV2", "tensorflow");
  tf.unregisterKernel("GatherV2", "tensorflow");
  tf.registerKernel({
    kernelName: "GatherV2",
    backendName: "tensorflow",
    kernelFunc(options) {
      const backend = options.backend as Backend;
      if (!backend.recording) return upstream.kernelFunc(options);
      const { x, indices } = options.inputs as Record<
        "x" | "indices",
        tf.TensorInfo
      >;
      const { axis, batchDims } = options.attrs as unknown as {
        axis: number;
        batchDims: number;
      };
      const type = (name: string, value: number) => ({ name, type: 4, value });
      return backend.executeSingleOutput("GatherV2", [
        { name: "batch_dims", type: 1, value: batchDims },
        type("Tparams", backend.getDTypeInteger(x.dtype)),
        type("Tindices", backend.getDTypeInteger(indices.dtype)),
        type("Taxis", DataType.int32),
      ], [x, indices, tf.scalar(axis, "int32")]);
    },
  });
}
