import * as tf from "@tensorflow/tfjs";
import { assertAgrees, assertClose, evaluate, waves } from "../../agreement.ts";
import { convolutions, forAll, runKernel } from "../kernel_cases.ts";

Deno.test("DepthwiseConv2dNativeBackpropInput agrees with the cpu backend", () =>
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
    const attributes = { ...c, dilations: 1 };
    return assertAgrees(() =>
      runKernel(tf.DepthwiseConv2dNativeBackpropInput, {
        dy: waves(outShape),
        filter: waves(filterShape, 1),
      }, attributes)
    );
  }));

Deno.test("DepthwiseConv2dNativeBackpropInput is the adjoint of a dilated convolution", async () => {
  // The cpu backend's kernel passes over dilations, so ⟨dy, conv(x, W)⟩ = ⟨∂x, x⟩.
  const inputShape: [number, number, number, number] = [2, 8, 9, 4];
  for (const pad of ["same", "valid"] as const) {
    const dilations: [number, number] = [2, 3];
    const x = () => waves(inputShape) as tf.Tensor4D;
    const filter = () => waves([3, 2, 4, 2], 2) as tf.Tensor4D;
    const convolved = () =>
      tf.depthwiseConv2d(x(), filter(), 1, pad, "NHWC", dilations);
    const byOutput = await evaluate("wasm", () => {
      const y = convolved();
      return tf.sum(tf.mul(waves(y.shape, 1), y));
    });
    const byInput = await evaluate("wasm", () => {
      const gradient = runKernel(tf.DepthwiseConv2dNativeBackpropInput, {
        dy: waves(convolved().shape, 1),
        filter: filter(),
      }, { strides: 1, pad, dilations, inputShape });
      return tf.sum(tf.mul(gradient, x()));
    });
    assertClose(byInput.values, byOutput.values, 1e-5);
  }
});
