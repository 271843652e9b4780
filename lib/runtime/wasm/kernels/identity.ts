import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Kernel } from "../../kernels/mod.ts";

/** The same tensor again: it shares its data, which counts its owners. */
export function share(x: tf.TensorInfo, backend: BackendWasm): tf.TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/**
 * A copy of a tensor that shares its data. The package's copies them: once for
 * every tensor that is kept for a gradient.
 */
export const identity: Kernel = {
  kernelName: tf.Identity,
  create: () => ({ inputs, backend }) =>
    share(inputs.x!, backend as BackendWasm),
};
