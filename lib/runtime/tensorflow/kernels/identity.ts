import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import { AttributeType } from "../attributes.ts";
import type { TensorFlowBackend } from "../backend.ts";

/**
 * TensorFlow.js's kernel makes a second name for the same data. Of a variable that
 * is being recorded it makes a tensor of the graph, which goes on to stand for the
 * variable, whatever data that has later.
 */
export const identity: Kernel = {
  kernelName: tf.Identity,
  create: (upstream) => (options) => {
    const backend = options.backend as TensorFlowBackend;
    const { x } = options.inputs as unknown as tf.IdentityInputs;
    if (!backend.recording || !(x instanceof tf.Variable)) {
      return upstream(options);
    }
    const value = backend.getDTypeInteger(x.dtype);
    const type = { name: "T", type: AttributeType.type, value };
    return backend.executeMultipleOutputs(tf.Identity, [type], [x], 1)[0]!;
  },
};
