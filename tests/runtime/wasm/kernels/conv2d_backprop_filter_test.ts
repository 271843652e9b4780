import { throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, waves } from "../../agreement.ts";
import { convolutions, forAll, runKernel } from "../kernel_cases.ts";

Deno.test("Conv2DBackpropFilter agrees with the cpu backend", () =>
  forAll(convolutions, (c) => {
    const filterShape: [number, number, number, number] = [
      ...c.filterSize,
      c.inputShape[3],
      c.channels,
    ];
    const { strides, pad, dimRoundingMode } = c;
    const { outShape } = tf.backend_util.computeConv2DInfo(
      c.inputShape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const attributes = { ...c, filterShape, dataFormat: "NHWC" };
    return assertAgrees(() =>
      runKernel(tf.Conv2DBackpropFilter, {
        x: waves(c.inputShape),
        dy: waves(outShape, 1),
      }, attributes)
    );
  }));

Deno.test("Conv2DBackpropFilter takes explicit, uneven padding", () =>
  assertAgrees(() =>
    runKernel(tf.Conv2DBackpropFilter, {
      x: waves([2, 5, 6, 3]),
      dy: waves([2, 4, 3, 2], 1),
    }, {
      strides: [2, 3],
      pad: [[0, 0], [2, 3], [1, 2], [0, 0]],
      dataFormat: "NHWC",
      filterShape: [3, 2, 3, 2],
    })
  ));

Deno.test("Conv2DBackpropFilter refuses channels first", async () => {
  await tf.setBackend("wasm");
  throws(
    () =>
      tf.tidy(() =>
        runKernel(tf.Conv2DBackpropFilter, {
          x: waves([1, 1, 4, 4]),
          dy: waves([1, 1, 4, 4]),
        }, {
          strides: 1,
          pad: "same",
          dataFormat: "NCHW",
          filterShape: [1, 1, 1, 1],
        })
      ),
    /Conv2DBackpropFilter on the wasm backend needs dataFormat NHWC, got NCHW/,
  );
});
