/** Decay, gradient weights and options, for every optimizer. */
import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import * as kinds from "../../lib/optimizers/kinds.ts";
import {
  adam,
  type DecayOptions,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
  sgd,
  update,
  type UpdateFactors,
} from "../../lib/optimizers/mod.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const factories: Record<string, (options: DecayOptions) => Optimizer> = {
  ...kinds,
  // Decay is the subject here: none unless it is told.
  adamw: (options) => kinds.adamw({ weightDecay: 0, ...options }),
  rmsprop: (options) => rmsprop({ ...options, momentum: 0.5 }),
  kerasRmsprop: (options) =>
    kinds.kerasRmsprop({ ...options, momentum: 0.5, centred: true }),
};

const theta = [1, -2], gradient = [0.5, 0.25], slot = [0.125, 0.0625];

/** θ after one step in the middle of a training. */
function step(
  optimizer: Optimizer,
  { weight, g = gradient, role = "kernel", rate = 0.5, factors = {} }: {
    weight?: number;
    g?: number[];
    role?: string;
    rate?: number;
    factors?: UpdateFactors;
  } = {},
): number[] {
  return tf.tidy(() => {
    const { parameter } = update(
      optimizer,
      role,
      tf.tensor1d(theta),
      tf.tensor1d(g),
      optimizer.slots.map((name) =>
        optimizer.scalarSlots?.includes(name)
          ? tf.scalar(slot[0]!)
          : tf.tensor1d(slot)
      ),
      {
        learningRate: tf.scalar(rate),
        gradientWeight: weight === undefined ? undefined : tf.scalar(weight),
        step: tf.scalar(7),
      },
      factors,
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
    if (name === "lamb") { // the decay is in what is scaled to a length
      const moved = step(decayed, { weight: 0.5 });
      const long = Math.hypot(...moved.map((x, i) => x - theta[i]!));
      assertNear([long], [0.5 * Math.hypot(...theta)]);
      return;
    }
    assertNear(
      step(decayed, { weight: 0.5 }),
      step(plain, { weight: 0.5 }).map((x, i) => x - 0.5 * 0.25 * theta[i]!),
    );
  });

  tensorflowTest(`${name}: factors multiply rate and decay`, () => {
    const decayed = factory({ weightDecay: 0.25 });
    deepStrictEqual(
      step(decayed, { factors: { rateFactor: 0.5, decayFactor: 2 } }),
      step(factory({ weightDecay: 0.5 }), { rate: 0.25 }),
    );
    deepStrictEqual(
      step(decayed, { factors: { decayFactor: 0 } }),
      step(plain),
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
  refuse(
    () => sgd({ decay: "both" as never }),
    /^decay must be "coupled" or "decoupled", got "both"$/,
  );
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

Deno.test("a schedule is checked at the door, over all of its length", () => {
  throws(
    () => momentum({ momentum: linear({ from: 0.5, to: 1.5, steps: 1000 }) }),
    {
      name: "RangeError",
      message: /^momentum must be in \[0, 1\), got 1.* at step 5/,
    },
  );
  throws(() => momentum({ momentum: "0.9" as never }), {
    name: "TypeError",
    message: 'momentum must be a number or a schedule, got "0.9"',
  });
});

tensorflowTest("the value of a scheduled option is asked for by name", () => {
  const weightDecay = linear({ from: 0.1, to: 0, steps: 10 });
  throws(() => step(sgd({ weightDecay })), {
    name: "TypeError",
    message: /^weightDecay is decided by a schedule/,
  });
});
