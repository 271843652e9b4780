import { deepStrictEqual, throws } from "node:assert";
import { float64 } from "../../lib/runtime/float64.ts";
import { tensorTest } from "../support/tensor_test.ts";

tensorTest(
  "a tensor of doubles keeps its shape and refuses what does not fit",
  () => {
    const x = float64([1, 2, 3, 4], [2, 2]);
    deepStrictEqual(x.arraySync(), [[1, 2], [3, 4]]);
    deepStrictEqual(x.dataSync() as unknown, Float64Array.of(1, 2, 3, 4));
    x.dispose();
    throws(() => float64([1, 2, 3], [2, 2]), {
      name: "TypeError",
      message: "A float64 tensor of shape [2,2] needs 32 bytes, got 24",
    });
  },
);

tensorTest("doubles need the tensorflow backend", () => {
  throws(() => float64(1), {
    name: "RangeError",
    message: "float64 needs the tensorflow backend, but cpu is in use",
  });
}, "cpu");
