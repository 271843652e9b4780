import * as tf from "@tensorflow/tfjs";
import { assertAgrees, waves } from "../../agreement.ts";
import { convolutions, forAll, runKernel } from "../kernel_cases.ts";

Deno.test("Conv2DBackpropInput agrees with the cpu backend", () =>
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
    );
    const attributes = { ...c, dataFormat: "NHWC" };
    return assertAgrees(() =>
      runKernel(tf.Conv2DBackpropInput, {
        dy: waves(outShape),
        filter: waves(filterShape, 1),
      }, attributes)
    );
  }));
