/** Loss decay's weights and rates, and the algebra behind figure 4d's control. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { parseGradientWeight } from "../../../lib/gradient_weights/parse.ts";
import { parseOptimizer } from "../../../lib/optimizers/parse.ts";
import { parseSchedule } from "../../../lib/schedules/parse.ts";
import {
  compensated,
  decreasingRate,
  lateWeight,
  lineWeight,
  longTailWeight,
  negativeWeight,
  piecewiseRate,
  polyRate,
  randomWeight,
  releasedRate,
  weightedPlans,
} from "../../../lib/studies/loss_decay/arms.ts";
import {
  RATE,
  settings,
  WEIGHT_DECAY,
} from "../../../lib/studies/loss_decay/settings.ts";
import { distinct, stepsOf, unitsOf } from "../../../lib/studies/plan.ts";
import { train } from "../../../lib/training/train.ts";
import { tensorflowTest } from "../../support/needs_tensorflow.ts";
import { smallData, smallTraining } from "../../training/small_training.ts";

const { training } = settings.small;
const units = unitsOf(training);
const steps = stepsOf(training);

Deno.test("the weights and rates last as long as a training", () => {
  const weights = [
    [lineWeight(2), 2, 0],
    [lineWeight(3), 3, 0],
    [longTailWeight, 2, 0],
    [lateWeight, 1, 0],
    [negativeWeight, 1, -2 / 3],
  ] as const;
  for (const [spec, first, last] of weights) {
    const weight = parseGradientWeight(spec, "", units);
    deepStrictEqual([weight.steps, weight(0)], [steps, first]);
    ok(Math.abs(weight(steps) - last) < 1e-12);
  }
  for (
    const [spec, first, last] of [
      [polyRate(RATE), RATE, 0],
      [releasedRate(RATE), RATE, 0],
      [piecewiseRate(RATE), RATE, RATE / 100],
      [decreasingRate(RATE), 2 * RATE, 0],
    ] as const
  ) {
    const rate = parseSchedule(spec, "", units);
    deepStrictEqual([rate.steps, rate(0)], [steps, first]);
    ok(Math.abs(rate(steps) - last) < 1e-12);
  }
});

Deno.test("at 100 epochs the weight of figure 4a and the rate are the released code's", () => {
  const { training } = settings.paper;
  const units = unitsOf(training);
  const weight = parseGradientWeight(lateWeight, "", units);
  const rate = parseSchedule(releasedRate(RATE), "", units);
  for (let epoch = 0; epoch < 100; epoch++) {
    const step = (epoch + 0.5) * units.stepsPerEpoch!;
    const expected = epoch < 70 ? 1 : 2 / 3 - epoch / 150;
    ok(Math.abs(weight(step) - expected) < 1e-12, `weight of epoch ${epoch}`);
    ok(
      Math.abs(rate(step) - 0.1 * (1 - epoch / 100) ** 0.9) < 1e-12,
      `rate of epoch ${epoch}`,
    );
  }
});

Deno.test("at 200 epochs the same formula is negative from epoch 101 on", () => {
  const weight = parseGradientWeight(negativeWeight, "", {
    stepsPerEpoch: 10,
    budget: 2000,
  });
  for (let epoch = 0; epoch < 200; epoch++) {
    const expected = epoch < 70 ? 1 : 2 / 3 - epoch / 150;
    ok(Math.abs(weight(10 * epoch) - expected) < 1e-12, `${epoch}`);
  }
});

Deno.test("random gradients differ between seeds, and a plan has one weight a seed", () => {
  const plans = weightedPlans(training, {
    a: { learningRate: { kind: "constant", value: 1 } },
    b: {
      learningRate: { kind: "constant", value: 1 },
      gradientWeight: randomWeight,
    },
  }, 2);
  deepStrictEqual(
    plans.map(({ arm, seed, gradientWeight }) => [arm, seed, gradientWeight]),
    [
      ["a", 0, { kind: "constant", value: 1 }],
      ["b", 0, { kind: "randomGradient", seed: 0 }],
      ["a", 1, { kind: "constant", value: 1 }],
      ["b", 1, { kind: "randomGradient", seed: 1 }],
    ],
  );
  strictEqual(distinct(plans).length, 4);
});

Deno.test("the control's rate times its decay is η·λ, nearly everywhere", () => {
  const { schedules } = parseOptimizer(
    compensated(training).optimizer,
    "",
    units,
  );
  const rate = parseSchedule(decreasingRate(RATE), "", units);
  for (let step = 0; step < 0.99 * steps; step++) {
    const decay = rate(step) * schedules.weightDecay!(step);
    ok(Math.abs(decay / (RATE * WEIGHT_DECAY) - 1) < 0.34, `step ${step}`);
    if (step < 0.9 * steps) {
      ok(Math.abs(decay / (RATE * WEIGHT_DECAY) - 1) < 0.03, `step ${step}`);
    }
  }
});

/** Final values of a small training. */
async function values(
  optimizer: { kind: string; weightDecay: unknown },
  run: Pick<Parameters<typeof train>[0], "learningRate" | "gradientWeight">,
): Promise<Float64Array> {
  const data = smallData();
  const training = train({
    ...smallTraining(data),
    optimizer: parseOptimizer(optimizer),
    seed: 0,
    ...run,
  });
  let next = await training.next();
  while (!next.done) next = await training.next();
  const { parameters } = next.value;
  const all = parameters.flatMap((p) => [...p.dataSync()]);
  tf.dispose(parameters);
  data.dispose();
  return Float64Array.from(all);
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((x, i) => x - b[i]!)) / Math.hypot(...b);
}

tensorflowTest(
  "a rate of η·w with decay λ/w trains as a weight w does; with λ it does not",
  async () => {
    // w falls from 2 to 1/2 in powers of two, so that λ/w is exact.
    const weight = { kind: "step", from: 2, factor: 0.5, every: 20, steps: 60 };
    const inverse = { ...weight, from: 0.01, factor: 2 };
    const learningRate = parseSchedule({ kind: "constant", value: 0.1 });
    const falling = parseSchedule({
      kind: "scale",
      factor: 0.1,
      inner: weight,
    });
    const onLoss = await values({ kind: "sgd", weightDecay: 0.02 }, {
      learningRate,
      gradientWeight: parseGradientWeight(weight),
    });
    const onRate = await values({ kind: "sgd", weightDecay: 0.02 }, {
      learningRate: falling,
    });
    const control = await values({ kind: "sgd", weightDecay: inverse }, {
      learningRate: falling,
    });
    ok(distance(control, onLoss) < 1e-4, `${distance(control, onLoss)}`);
    ok(distance(onRate, onLoss) > 1e-2, `${distance(onRate, onLoss)}`);
  },
);
