/** The weights of the paper on loss decay: values, epochs, specs. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import * as kinds from "../../lib/gradient_weights/kinds.ts";
import {
  gradientWeightJsonSchema,
  lateDecrease,
  linearDecrease,
  longTailRelaxation,
  parseGradientWeight,
  randomGradient,
} from "../../lib/gradient_weights/mod.ts";
import { philox } from "../../lib/random/philox.ts";
import * as scheduleKinds from "../../lib/schedules/kinds.ts";
import { scale } from "../../lib/schedules/scale.ts";

const MOD = new URL("../../lib/gradient_weights/mod.ts", import.meta.url).href;

function near(actual: number, expected: number, tolerance = 1e-12): void {
  ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

/** What the released code multiplies the loss by in an epoch. */
const released = (epoch: number) => epoch < 70 ? 1 : 2 / 3 - epoch / 150;

Deno.test("lateDecrease is the released code's, epoch by epoch", () => {
  for (const length of [1, 7, 390]) {
    const weight = lateDecrease({ steps: 100 * length, stepsPerEpoch: length });
    for (let epoch = 0; epoch < 100; epoch++) {
      near(weight(epoch * length), released(epoch));
      near(weight((epoch + 1) * length - 1), released(epoch));
    }
    strictEqual(weight(70 * length - 1), 1);
    strictEqual(weight(100 * length), 0);
  }
});

Deno.test("its form for 200 epochs turns negative after epoch 100", () => {
  const weight = lateDecrease({
    steps: 200,
    after: 0.35,
    to: -2 / 3,
    stepsPerEpoch: 1,
  });
  for (let epoch = 0; epoch < 200; epoch++) {
    near(weight(epoch), released(epoch));
  }
  ok(weight(101) < 0);
});

Deno.test("linearDecrease: the last ten of a hundred epochs", () => {
  const two = linearDecrease({ steps: 100, stepsPerEpoch: 1 });
  near(two(90), 0.2);
  near(two(99), 0.02);
  const three = linearDecrease({ from: 3, steps: 100, stepsPerEpoch: 1 });
  near(three(90), 0.3);
  near(two(50), 1);
  near(three(50), 1.5);
});

Deno.test("longTailRelaxation: small weights come at half time", () => {
  const weight = longTailRelaxation({ steps: 100 });
  const line = linearDecrease({ steps: 100 });
  for (let t = 1; t < 50; t++) ok(weight(t) < line(t));
  for (let t = 50; t < 90; t++) ok(weight(t) <= 0.2 && line(t) > 0.2 - 1e-12);
  near(weight(49.999999999), 0.2, 1e-9);
  near(weight(50), 0.2);
});

Deno.test("per epoch a weight is that of the epoch's start", () => {
  const options = fc.record({
    epochs: fc.integer({ min: 1, max: 30 }),
    length: fc.integer({ min: 1, max: 50 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(fc.property(options, ({ epochs, length, at }) => {
    const steps = epochs * length;
    const step = Math.floor(at * (steps - 1));
    const start = length * Math.floor(step / length);
    for (const factory of [linearDecrease, longTailRelaxation, lateDecrease]) {
      const held = factory({ steps, stepsPerEpoch: length });
      strictEqual(held(step), factory({ steps })(start));
      strictEqual(held.steps, steps);
    }
  }));
});

Deno.test("randomGradient: even, in its range, one draw a step or epoch", () => {
  const weight = randomGradient({ seed: 5 });
  const values = Array.from({ length: 10000 }, (_, step) => weight(step));
  ok(values.every((value) => value >= 0 && value < 1));
  const mean = values.reduce((sum, x) => sum + x) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) /
    values.length;
  near(mean, 1 / 2, 4 / Math.sqrt(12 * values.length));
  near(variance, 1 / 12, 0.003);
  // Neighbours have nothing to do with each other.
  const product = values.slice(1).reduce(
    (sum, x, i) => sum + (x - mean) * (values[i]! - mean),
    0,
  ) / values.length;
  near(product / variance, 0, 0.04);
  strictEqual(new Set(values).size, values.length);

  const held = randomGradient({ seed: 5, stepsPerEpoch: 20 });
  for (const step of [0, 19, 20, 39, 1000]) {
    strictEqual(held(step), weight(Math.floor(step / 20)));
  }
  const other = randomGradient({ seed: 6 });
  ok(values.slice(0, 100).every((value, step) => value !== other(step)));
  const shifted = randomGradient({ seed: 5, minimum: 1, maximum: 3 });
  strictEqual(shifted(3), 1 + 2 * values[3]!);
  strictEqual(weight.steps, undefined);
  ok(Number.isFinite(weight(Number.MAX_SAFE_INTEGER)));
});

Deno.test("randomGradient draws what it always drew", () => {
  const weight = randomGradient({ seed: 2026 });
  deepStrictEqual([0, 1, 2 ** 33].map((step) => weight(step)), [
    0.15366518492711112,
    0.24934690767134038,
    0.9328194594607491,
  ]);
  // 53 bits of the first two words of a Philox block: purpose 9, draw 1.
  const [high, low] = philox([2026, 0], [0, 9, 1, 0]);
  strictEqual(weight(1), ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53);
});

const accepts = new Ajv2020({ strict: true }).compile(
  gradientWeightJsonSchema(),
);

Deno.test("a spec makes the weight again; its JSON Schema accepts it", () => {
  for (
    const weight of [
      linearDecrease({ steps: 10 }),
      linearDecrease({ from: 3, to: 1, steps: 10, stepsPerEpoch: 2.5 }),
      longTailRelaxation({ steps: 10, tail: 0.5 }),
      lateDecrease({ steps: 10, after: 0.5 }),
      randomGradient({ seed: 2 ** 40 }),
      scale({ inner: lateDecrease({ steps: 10 }), factor: 2 }),
    ]
  ) {
    const spec = JSON.parse(JSON.stringify(weight));
    const again = parseGradientWeight(spec);
    deepStrictEqual(again.spec, weight.spec);
    for (let step = 0; step < 12; step++) {
      strictEqual(again(step), weight(step));
    }
    ok(accepts(spec), JSON.stringify(accepts.errors));
  }
});

Deno.test("what is wrong with a spec is refused by name", () => {
  const refuse = (spec: object, name: string, message: string | RegExp) => {
    throws(() => parseGradientWeight(spec), { name, message });
    strictEqual(accepts(spec), false);
  };
  const { kind } = linearDecrease;
  refuse({ kind }, "TypeError", /^steps is missing/);
  refuse(
    { kind, steps: 0 },
    "RangeError",
    "steps must be an integer ≥ 1, got 0",
  );
  refuse({ kind, steps: 9, form: 3 }, "TypeError", /did you mean "from"\?$/);
  refuse(
    { kind: "lateDecrease", steps: 9, after: 1 },
    "RangeError",
    "after must be in (0, 1), got 1",
  );
  refuse(
    { kind: "randomGradient", seed: -1 },
    "RangeError",
    "seed must be an integer ≥ 0, got -1",
  );
  refuse(
    { kind: "scale", factor: 2, inner: { kind: "lateDecreas", steps: 9 } },
    "RangeError",
    /^inner.kind must be .* "lateDecreas"; did you mean "lateDecrease"\?$/,
  );
  throws(
    () => randomGradient({ seed: 1, minimum: 1 }),
    /^RangeError: maximum must be > minimum \(1\), got 1$/,
  );
});

Deno.test("lengths may be epochs and fractions, in nested weights too", () => {
  const line = {
    kind: "linearDecrease",
    steps: { fraction: 1 },
    stepsPerEpoch: { epochs: 1 },
  };
  const units = { stepsPerEpoch: 30, budget: 120 };
  const inSteps = linearDecrease({ steps: 120, stepsPerEpoch: 30 });
  deepStrictEqual(parseGradientWeight(line, "", units).spec, inSteps.spec);
  const nested = { kind: "scale", factor: 2, inner: line };
  strictEqual(
    parseGradientWeight(nested, "", units)(59),
    2 * inSteps(59),
  );
  throws(
    () => parseGradientWeight(nested, "weight"),
    /^TypeError: weight\.inner\.steps\.fraction must be in steps here: budget is not known$/,
  );
});

Deno.test("no weight has the name of a schedule", () => {
  const names = Object.values(scheduleKinds).map(({ kind }) => kind as string);
  deepStrictEqual(
    Object.values(kinds).filter(({ kind }) => names.includes(kind)),
    [],
  );
});

Deno.test("lib/gradient_weights needs no permission, no TensorFlow.js", async () => {
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  strictEqual(await run("run", "--no-prompt", "--no-config", MOD), "");
  const { modules } = JSON.parse(await run("info", "--json", MOD));
  const own = /\/lib\/(gradient_weights|schedules|random|text)\//;
  deepStrictEqual(
    modules.filter(({ specifier }: { specifier: string }) =>
      !own.test(specifier)
    ),
    [],
  );
});
