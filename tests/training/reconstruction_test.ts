/** The objective of autoencoders. */
import { ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { autoencoder, mlp } from "../../lib/models/mod.ts";
import { reconstruction } from "../../lib/training/reconstruction.ts";
import { tensorTest, tidied } from "../support/tensor_test.ts";
import { initialTensors } from "./small_training.ts";

const inputShape = [2, 3, 1];

tensorTest(
  "the loss is the mean square over examples and values",
  tidied(() => {
    const objective = reconstruction(
      autoencoder({ inputShape, hidden: [4, 2] }),
    );
    const parameters = initialTensors(objective, 3);
    const inputs = tf.reshape(tf.linspace(0, 1, 12), [2, ...inputShape]);
    const batch = { inputs, labels: tf.zeros([2]) };
    const { loss } = objective.loss(parameters, batch, { training: true });
    const { losses, errors } = objective.evaluate(parameters, batch);
    const each = [...losses.dataSync()];
    strictEqual(each.length, 2);
    ok(Math.abs(loss.dataSync()[0]! - (each[0]! + each[1]!) / 2) < 1e-6);
    // Sigmoids near a half: squares of x − ½ over 0, 1/11, …, 1 are about 0.1.
    ok(loss.dataSync()[0]! > 0.05 && loss.dataSync()[0]! < 0.2);
    strictEqual([...errors.dataSync()].join(), each.join());
  }),
  "cpu",
);

Deno.test("a network with other outputs than inputs is refused", () => {
  throws(
    () => reconstruction(mlp({ inputShape, outputs: 5 })),
    /to reconstruct \[2,3,1\] a network needs as many outputs, got \[5\]/,
  );
});

Deno.test("an autoencoder without a code, or of no deviation, is refused", () => {
  throws(() => autoencoder({ inputShape, hidden: [] }), RangeError);
  throws(() => autoencoder({ inputShape, deviation: 0 }), RangeError);
});
