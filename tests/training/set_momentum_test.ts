/** Stock optimizers whose momentum changes. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { learningRateSchedule } from "../../lib/training/learning_rate_schedule.ts";
import { setMomentum } from "../../lib/training/set_momentum.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const momenta = [0.9, 0.9, 0.5, 0.5, 0, 0.8, 0.95];

/** A rule from gradient and momentum to a move, with its state. */
type Rule = () => (g: number, mu: number) => number;

const rules: Record<string, [make: () => tf.Optimizer, Rule]> = {
  momentum: [() => tf.train.momentum(0.1, 0.9), () => {
    let v = 0;
    return (g, mu) => 0.1 * (v = mu * v + g);
  }],
  nesterov: [() => tf.train.momentum(0.1, 0.9, true), () => {
    let v = 0;
    return (g, mu) => 0.1 * (g + mu * (v = mu * v + g));
  }],
  rmsprop: [() => tf.train.rmsprop(0.1, 0.9, 0.9, 1e-8), () => {
    let s = 0, v = 0;
    return (g, mu) => {
      s = 0.9 * s + 0.1 * g * g;
      return v = mu * v + 0.1 * g / Math.sqrt(s + 1e-8);
    };
  }],
};

for (const [name, [make, rule]] of Object.entries(rules)) {
  tensorflowTest(`${name} keeps its state when its momentum is set`, () => {
    const optimizer = make();
    const x = tf.variable(tf.scalar(3));
    const move = rule();
    let expected = 3;
    const counts = new Set<number>();
    for (const mu of momenta) {
      setMomentum(optimizer, mu);
      optimizer.minimize(() => tf.square(x), false, [x]);
      expected -= move(2 * expected, mu);
      ok(Math.abs(x.dataSync()[0]! - expected) < 1e-4);
      counts.add(tf.memory().numTensors);
    }
    strictEqual(counts.size, 1, "tensors left behind");
    optimizer.dispose();
    x.dispose();
  });
}

tensorflowTest("momentum in a compiled step is that of the call", () => {
  const [make, rule] = rules.momentum!;
  const optimizer = make();
  const x = tf.variable(tf.scalar(3));
  const step = compile(() =>
    optimizer.minimize(() => tf.square(x), true, [x])!
  );
  const move = rule();
  let expected = 3;
  for (const [i, mu] of momenta.entries()) {
    setMomentum(optimizer, mu);
    if (i === 0) optimizer.minimize(() => tf.square(x), false, [x]);
    else step().dispose();
    expected -= move(2 * expected, mu);
    ok(Math.abs(x.dataSync()[0]! - expected) < 1e-4);
  }
  strictEqual(step.variants, 1);
  step.dispose();
  optimizer.dispose();
  x.dispose();
});

tensorflowTest("adam's momentum is its β₁; it is not compiled then", () => {
  const optimizer = tf.train.adam(0.1);
  setMomentum(optimizer, 0.5);
  strictEqual(optimizer.getConfig().beta1, 0.5);
  const x = tf.variable(tf.scalar(3));
  const step = compile(() =>
    optimizer.minimize(() => tf.square(x), true, [x])!
  );
  optimizer.minimize(() => tf.square(x), false, [x]);
  throws(() => step(), /^TypeError: the momentum of Adam would be a constant/);
  step.dispose();
  optimizer.dispose();
  x.dispose();
});

tensorflowTest("what has no momentum, and what is none, is refused", () => {
  throws(() => setMomentum(tf.train.sgd(1), 0.5), {
    name: "TypeError",
    message: "SGD has no momentum",
  });
  throws(() => setMomentum(tf.train.momentum(1, 0.5), 1), {
    name: "RangeError",
    message: "momentum must be in [0, 1), got 1",
  });
});

tensorflowTest("model.fit by schedules of rate and momentum", async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [1], units: 1 })],
  });
  model.compile({
    optimizer: tf.train.momentum(1, 0.9),
    loss: "meanSquaredError",
  });
  const momentum = linear({ from: 0.5, to: 0.9, steps: 4 });
  const { history } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), {
    batchSize: 2,
    epochs: 2,
    callbacks: [
      learningRateSchedule(constant({ value: 0.01 }), { momentum }),
    ],
  });
  deepStrictEqual(history.momentum, [momentum(1), momentum(3)]);
  deepStrictEqual(history.learningRate, [0.01, 0.01]);
});
