import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import { AttributeType } from "../attributes.ts";
import type { TensorFlowBackend } from "../backend.ts";
import { DataType } from "../data_types.ts";

/**
 * TensorFlow.js's kernel reads the indices to check them, which a graph's cannot
 * be. Recorded, the check is left to TensorFlow: for an index out of range a CPU
 * fails, and a GPU gives zeros.
 */
export const gatherV2: Kernel = {
  kernelName: tf.GatherV2,
  create: (upstream) => (options) => {
    const backend = options.backend as TensorFlowBackend;
    if (!backend.recording) return upstream(options);
    const { x, indices } = options.inputs as Record<"x" | "indices", tf.Tensor>;
    const { axis, batchDims } = options.attrs as unknown as tf.GatherV2Attrs;
    const type = (name: string, value: number) => ({
      name,
      type: AttributeType.type,
      value,
    });
    return tf.tidy(() =>
      backend.executeMultipleOutputs(
        tf.GatherV2,
        [
          { name: "batch_dims", type: AttributeType.int, value: batchDims },
          type("Tparams", backend.getDTypeInteger(x.dtype)),
          type("Tindices", backend.getDTypeInteger(indices.dtype)),
          type("Taxis", DataType.int32),
        ],
        [x, indices, tf.scalar(axis, "int32")],
        1,
      )[0]!
    );
  },
};
