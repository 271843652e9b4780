import { ok, strictEqual, throws } from "node:assert";
import process from "node:process";
import { drawnDigits } from "../../../lib/datasets/generated/drawn_digits.ts";
import { checkImages, fingerprint } from "./image_checks.ts";
import { softmaxRegressionAccuracy } from "./softmax_regression.ts";

Deno.test("drawnDigits: balanced bytes, each example of its own", () => {
  checkImages(drawnDigits);
});

Deno.test("drawnDigits: the same pixels everywhere", () => {
  strictEqual(
    fingerprint(drawnDigits()),
    "22b9b4368d620156421c3acd36d47d08e199f920581679df6c68f7da191b2c70",
  );
});

Deno.test("drawnDigits: a softmax regression learns something, not enough", () => {
  const accuracy = softmaxRegressionAccuracy(drawnDigits(), 8, 0.002);
  ok(accuracy > 0.35 && accuracy < 0.6, `accuracy is ${accuracy}`);
});

Deno.test("drawnDigits: made in well under two seconds", () => {
  // Processor time: what else the machine does is no fault of the generator.
  const before = process.cpuUsage();
  drawnDigits();
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  ok(seconds < 2, `took ${seconds} s of processor time`);
});

Deno.test("drawnDigits: refuses what cannot be made", () => {
  throws(() => drawnDigits({ train: 0 }), RangeError);
  throws(() => drawnDigits({ train: 1, test: 1.5 }), RangeError);
  throws(() => drawnDigits({ seed: -1 }), RangeError);
});
