import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Kernel } from "../../kernels/mod.ts";
import { share } from "./identity.ts";

/**
 * A cast that makes `bool` of any number but 0, where the package's keeps the
 * number's lowest byte, and that does not copy a tensor that has the type already.
 */
export const cast: Kernel = {
  kernelName: tf.Cast,
  create: (upstream) => (args) => {
    const x = args.inputs.x as tf.Tensor;
    const dtype = args.attrs!.dtype;
    if (x.dtype === dtype) return share(x, args.backend as BackendWasm);
    if (dtype === "bool") return tf.tidy(() => tf.notEqual(x, 0));
    return upstream(args);
  },
};
