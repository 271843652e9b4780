import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";

/**
 * A slice that refuses to reach beyond the tensor, where the package's would read
 * whatever lies there.
 */
export const slice: Kernel = {
  kernelName: tf.Slice,
  create: (upstream) => (args) => {
    const x = args.inputs.x!;
    const { begin, size } = args.attrs as unknown as tf.SliceAttrs;
    const { assertParamsValid, parseSliceParams } = tf.slice_util;
    const [from, count] = parseSliceParams(x, begin, size);
    assertParamsValid(x, from!, count!);
    return upstream(args);
  },
};
