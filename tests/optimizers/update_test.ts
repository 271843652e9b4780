/** Decay, gradient weights and options, for every optimizer. */
import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  adam,
  type DecayOptions,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
  sgd,
  update,
} from "../../lib/optimizers/mod.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const factories: Record<string, (options: DecayOptions) => Optimizer> = {
  sgd,
  momentum,
  nesterov,
  rmsprop: (options) => rmsprop({ ...options, momentum: 0.5 }),
  adam,
};

const theta = [1, -2], gradient = [0.5, 0.25], slot = [0.125, 0.0625];
const rate = 0.5;

/** θ after one step in the middle of a training. */
function step(
  optimizer: Optimizer,
  { weight, g = gradient, role = "kernel" }: {
    weight?: number;
    g?: number[];
    role?: string;
  } = {},
): number[] {
  return tf.tidy(() => {
    const { parameter } = update(
      optimizer,
      role,
      tf.tensor1d(theta),
      tf.tensor1d(g),
      optimizer.slots.map(() => tf.tensor1d(slot)),
      {
        learningRate: tf.scalar(rate),
        gradientWeight: weight === undefined ? undefined : tf.scalar(weight),
        step: tf.scalar(7),
      },
    );
    return [...parameter.dataSync()];
  });
}

function assertNear(actual: number[], expected: number[]): void {
  ok(
    actual.every((x, i) => Math.abs(x - expected[i]!) < 1e-6),
    `${actual} is not ${expected}`,
  );
}

for (const [name, factory] of Object.entries(factories)) {
  const plain = factory({});

  tensorflowTest(`${name}: a weight multiplies the gradient`, () => {
    deepStrictEqual(
      step(plain, { weight: 0.5 }),
      step(plain, { g: gradient.map((x) => 0.5 * x) }),
    );
    deepStrictEqual(step(plain, { weight: 1 }), step(plain));
  });

  tensorflowTest(`${name}: coupled decay joins the weighted gradient`, () => {
    const decayed = factory({ weightDecay: 0.25, decay: "coupled" });
    deepStrictEqual(
      step(decayed, { weight: 0.5 }),
      step(plain, { g: gradient.map((x, i) => 0.5 * x + 0.25 * theta[i]!) }),
    );
  });

  tensorflowTest(`${name}: decoupled decay joins the direction`, () => {
    const decayed = factory({ weightDecay: 0.25, decay: "decoupled" });
    assertNear(
      step(decayed, { weight: 0.5 }),
      step(plain, { weight: 0.5 }).map((x, i) => x - rate * 0.25 * theta[i]!),
    );
  });

  tensorflowTest(`${name}: decayAll: false spares all but kernels`, () => {
    const decayed = factory({ weightDecay: 0.25, decayAll: false });
    for (const role of ["bias", "scale", "offset"]) {
      deepStrictEqual(step(decayed, { role }), step(plain, { role }));
    }
    deepStrictEqual(step(decayed), step(factory({ weightDecay: 0.25 })));
  });
}

Deno.test("a spec holds the kind and all options", () => {
  const decay = { weightDecay: 0, decay: "coupled", decayAll: true };
  deepStrictEqual(momentum().spec, {
    kind: "momentum",
    momentum: 0.9,
    ...decay,
  });
  deepStrictEqual(
    adam({ beta2: 0.99, weightDecay: 1e-4, decay: "decoupled" }).spec,
    {
      kind: "adam",
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      weightDecay: 1e-4,
      decay: "decoupled",
      decayAll: true,
    },
  );
});

Deno.test("options out of range are refused by name", () => {
  const refuse = (make: () => unknown, message: RegExp) =>
    throws(make, { name: "RangeError", message });
  refuse(() => sgd({ weightDecay: -1 }), /^weightDecay must be >= 0, got -1$/);
  refuse(() => sgd({ weightDecay: NaN }), /^weightDecay .* got NaN$/);
  refuse(() => sgd({ decay: "both" as never }), /^decay must be .* got both$/);
  refuse(
    () => momentum({ momentum: 1 }),
    /^momentum must be in \[0, 1\), got 1$/,
  );
  refuse(() => nesterov({ momentum: -0.1 }), /^momentum .* got -0.1$/);
  refuse(() => rmsprop({ alpha: 1 }), /^alpha must be in \[0, 1\), got 1$/);
  refuse(() => rmsprop({ epsilon: 0 }), /^epsilon must be > 0, got 0$/);
  refuse(() => adam({ beta1: 1.5 }), /^beta1 must be in \[0, 1\), got 1.5$/);
  refuse(() => adam({ epsilon: -1 }), /^epsilon must be > 0, got -1$/);
});
