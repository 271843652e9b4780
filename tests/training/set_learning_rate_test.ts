/** Stock optimizers whose rate changes. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { setLearningRate } from "../../lib/training/set_learning_rate.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const START = 3;
const rates = [0.1, 0.1, 0.1, 0.1, 0.02, 0.02, 0.3, 0.3];

/** A rule from gradient, rate and number of the step to a move, with its state. */
type Rule = () => (g: number, rate: number, t: number) => number;

const rules: Record<string, [make: (rate: number) => tf.Optimizer, Rule]> = {
  sgd: [tf.train.sgd, () => (g, rate) => rate * g],
  momentum: [(rate) => tf.train.momentum(rate, 0.9), () => {
    let m = 0;
    return (g, rate) => rate * (m = 0.9 * m + g);
  }],
  nesterov: [(rate) => tf.train.momentum(rate, 0.9, true), () => {
    let m = 0;
    return (g, rate) => rate * (g + 0.9 * (m = 0.9 * m + g));
  }],
  rmsprop: [(rate) => tf.train.rmsprop(rate, 0.9, 0.5, 1e-8), () => {
    let s = 0, m = 0;
    return (g, rate) => {
      s = 0.9 * s + 0.1 * g * g;
      return m = 0.5 * m + rate * g / Math.sqrt(s + 1e-8);
    };
  }],
  adagrad: [(rate) => tf.train.adagrad(rate, 0.1), () => {
    let a = 0.1;
    return (g, rate) => rate * g / Math.sqrt((a += g * g) + 1e-7);
  }],
  adadelta: [(rate) => tf.train.adadelta(rate, 0.9, 1e-2), () => {
    let a = 0, u = 0;
    return (g, rate) => {
      const update = g * Math.sqrt(u + 1e-2) / Math.sqrt(a + 1e-2);
      a = 0.9 * a + 0.1 * g * g;
      u = 0.9 * u + 0.1 * update ** 2;
      return rate * update;
    };
  }],
  adam: [(rate) => tf.train.adam(rate, 0.9, 0.99, 1e-8), () => {
    let m = 0, s = 0;
    return (g, rate, t) => {
      m = 0.9 * m + 0.1 * g;
      s = 0.99 * s + 0.01 * g * g;
      const root = Math.sqrt(s / (1 - 0.99 ** t)) + 1e-8;
      return rate * m / (1 - 0.9 ** t) / root;
    };
  }],
  adamax: [(rate) => tf.train.adamax(rate, 0.9, 0.99, 1e-8), () => {
    let m = 0, s = 0;
    return (g, rate, t) => {
      m = 0.9 * m + 0.1 * g;
      s = Math.max(0.99 * s, Math.abs(g));
      return rate / (1 - 0.9 ** t) * m / (s + 1e-8);
    };
  }],
};

/** The course of x under a rule, on x². */
function reference(rule: Rule): number[] {
  let x = START;
  const move = rule();
  return rates.map((rate, i) => x -= move(2 * x, rate, i + 1));
}

/** The same by an optimizer, with something done before each step. */
function course(
  optimizer: tf.Optimizer,
  before: (i: number) => void,
): number[] {
  const x = tf.variable(tf.scalar(START));
  const values = rates.map((_, i) => {
    before(i);
    optimizer.minimize(() => tf.square(x), false, [x]);
    return x.dataSync()[0]!;
  });
  x.dispose();
  return values;
}

function isNear(actual: number[], expected: number[]): boolean {
  return actual.every((x, i) => Math.abs(x - expected[i]!) < 1e-4);
}

for (const [name, [make, rule]] of Object.entries(rules)) {
  tensorflowTest(`${name} keeps its state when its rate is set`, () => {
    const optimizer = make(rates[0]!);
    const values = course(optimizer, (i) => {
      if (i > 0) setLearningRate(optimizer, rates[i]!);
    });
    const expected = reference(rule);
    ok(isNear(values, expected), `${values} is not ${expected}`);
    strictEqual((optimizer as tf.AdamOptimizer)["learningRate"], rates.at(-1));
    strictEqual(optimizer.getConfig().learningRate, rates.at(-1));
    optimizer.dispose();
  });
}

tensorflowTest(
  "an optimizer that is rebuilt forgets: this is what is avoided",
  () => {
    const [make, rule] = rules.adam!;
    let optimizer = make(rates[0]!);
    const x = tf.variable(tf.scalar(START));
    const values = rates.map((rate, i) => {
      if (rate !== rates[i - 1]) optimizer = make(rate);
      optimizer.minimize(() => tf.square(x), false, [x]);
      return x.dataSync()[0]!;
    });
    ok(!isNear(values, reference(rule)));
    x.dispose();
  },
);

for (const name of ["sgd", "momentum", "nesterov"]) {
  tensorflowTest(
    `${name} in a compiled step takes the rate of the call`,
    () => {
      const [make, rule] = rules[name]!;
      const optimizer = make(1);
      const x = tf.variable(tf.scalar(START));
      const step = compile(() =>
        optimizer.minimize(() => tf.square(x), true, [x])!
      );
      // Its variables are made by the first step, outside.
      setLearningRate(optimizer, rates[0]!);
      optimizer.minimize(() => tf.square(x), false, [x]);
      const values = [x.dataSync()[0]!];
      for (const rate of rates.slice(1)) {
        setLearningRate(optimizer, rate);
        step().dispose();
        values.push(x.dataSync()[0]!);
      }
      ok(isNear(values, reference(rule)), `${values}`);
      strictEqual(step.variants, 1);
      step.dispose();
      x.dispose();
      optimizer.dispose();
    },
  );
}

tensorflowTest("adam refuses to be compiled with a rate that was set", () => {
  const optimizer = tf.train.adam(0.1);
  setLearningRate(optimizer, 0.2);
  const x = tf.variable(tf.scalar(START));
  optimizer.minimize(() => tf.square(x), false, [x]);
  const step = compile(() =>
    optimizer.minimize(() => tf.square(x), true, [x])!
  );
  throws(step, /rate of Adam would be a constant of the compiled function/);
  optimizer.minimize(() => tf.square(x), false, [x]); // still works outside
  x.dispose();
  optimizer.dispose();
});

tensorflowTest("no tensor is left, however often the rate is set", () => {
  for (const [make] of Object.values(rules)) {
    const optimizer = make(0.1);
    setLearningRate(optimizer, 0.2);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) setLearningRate(optimizer, i);
    strictEqual(tf.memory().numTensors, before);
    optimizer.dispose();
  }
});

tensorflowTest("rates out of range and other objects are refused", () => {
  const optimizer = tf.train.sgd(0.1);
  for (const rate of [-1, NaN, Infinity, "0.1" as unknown as number]) {
    throws(() => setLearningRate(optimizer, rate), /^RangeError: rate must be/);
  }
  deepStrictEqual(optimizer.getConfig().learningRate, 0.1);
  class Other extends tf.Optimizer {
    applyGradients() {}
    getConfig = () => ({});
    static className = "Other";
  }
  throws(() => setLearningRate(new Other(), 1), /Other has no learning rate/);
  optimizer.dispose();
});
