import * as tf from "@tensorflow/tfjs";
import { assertAgrees, assertClose, evaluate, waves } from "../../agreement.ts";
import { convolutions, forAll, runKernel } from "../kernel_cases.ts";

Deno.test("DepthwiseConv2dNativeBackpropFilter agrees with the cpu backend", () =>
  forAll(convolutions, (c) => {
    const { inputShape, strides, pad, dimRoundingMode } = c;
    const filterShape: [number, number, number, number] = [
      ...c.filterSize,
      inputShape[3],
      c.channels,
    ];
    const { outShape } = tf.backend_util.computeConv2DInfo(
      inputShape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      true,
    );
    const attributes = { ...c, filterShape, dilations: 1 };
    return assertAgrees(() =>
      runKernel(tf.DepthwiseConv2dNativeBackpropFilter, {
        x: waves(inputShape),
        dy: waves(outShape, 1),
      }, attributes)
    );
  }));

Deno.test("DepthwiseConv2dNativeBackpropFilter is the adjoint of a dilated convolution", async () => {
  // The cpu backend's kernel passes over dilations, so ⟨dy, conv(x, W)⟩ = ⟨∂W, W⟩.
  const filterShape: [number, number, number, number] = [3, 2, 4, 2];
  for (const pad of ["same", "valid"] as const) {
    const dilations: [number, number] = [2, 3];
    const x = () => waves([2, 8, 9, 4]) as tf.Tensor4D;
    const filter = () => waves(filterShape, 2) as tf.Tensor4D;
    const convolved = () =>
      tf.depthwiseConv2d(x(), filter(), 1, pad, "NHWC", dilations);
    const byOutput = await evaluate("wasm", () => {
      const y = convolved();
      return tf.sum(tf.mul(waves(y.shape, 1), y));
    });
    const byFilter = await evaluate("wasm", () => {
      const gradient = runKernel(tf.DepthwiseConv2dNativeBackpropFilter, {
        x: x(),
        dy: waves(convolved().shape, 1),
      }, { strides: 1, pad, dilations, filterShape });
      return tf.sum(tf.mul(gradient, filter()));
    });
    assertClose(byFilter.values, byOutput.values, 1e-5);
  }
});
