import { ok, strictEqual, throws } from "node:assert";
import process from "node:process";
import { texturedShapes } from "../../../lib/datasets/generated/textured_shapes.ts";
import { checkImages, fingerprint } from "./image_checks.ts";
import { softmaxRegressionAccuracy } from "./softmax_regression.ts";

Deno.test("texturedShapes: balanced bytes, each example of its own", () => {
  checkImages(texturedShapes);
});

Deno.test("texturedShapes: the same pixels everywhere", () => {
  strictEqual(
    fingerprint(texturedShapes()),
    "32fe6e9b9c45351158b405162f1b63092091097b0c609b7d655f426ebd92a9bb",
  );
});

Deno.test("texturedShapes: a softmax regression learns something, not enough", () => {
  const accuracy = softmaxRegressionAccuracy(texturedShapes(), 4, 0.002);
  ok(accuracy > 0.25 && accuracy < 0.5, `accuracy is ${accuracy}`);
});

Deno.test("texturedShapes: made in well under two seconds", () => {
  // Processor time: what else the machine does is no fault of the generator.
  const before = process.cpuUsage();
  texturedShapes();
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  ok(seconds < 2, `took ${seconds} s of processor time`);
});

Deno.test("texturedShapes: refuses what cannot be made", () => {
  throws(() => texturedShapes({ train: 0 }), RangeError);
  throws(() => texturedShapes({ train: 1, test: 1.5 }), RangeError);
  throws(() => texturedShapes({ seed: -1 }), RangeError);
});
