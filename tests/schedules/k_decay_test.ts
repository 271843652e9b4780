import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { cosine } from "../../lib/schedules/cosine.ts";
import { kDecay } from "../../lib/schedules/k_decay.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { normalisedExponential } from "../../lib/schedules/normalised_exponential.ts";
import { polynomial } from "../../lib/schedules/polynomial.ts";
import { rational } from "../../lib/schedules/rational.ts";
import { step } from "../../lib/schedules/step.ts";
import { close } from "./close.ts";

const CURVE = { from: 0.1, to: 0.001, steps: 1000 };
const INNER = {
  linear: linear(CURVE),
  cosine: cosine(CURVE),
  normalisedExponential: normalisedExponential(CURVE),
};
const power = fc.double({ min: 0.1, max: 8, noNaN: true });
const time = fc.double({ min: 0, max: 1000, noNaN: true });
const anyInner = fc.constantFrom(...Object.values(INNER));

/** Values at a quarter, half and three quarters of the way, computed apart. */
const GOLDEN: Record<number, Record<keyof typeof INNER, number[]>> = {
  0.5: {
    linear: [0.0505, 0.0299964286625, 0.0142634850253],
    cosine: [0.0505, 0.0205178565796, 0.00532015219394],
    normalisedExponential: [0.0383765262110, 0.0206066013026, 0.00926000330231],
  },
  1: {
    linear: [0.07525, 0.0505, 0.02575],
    cosine: [0.0855017856687, 0.0505, 0.0154982143313],
    normalisedExponential: [0.0653567311329, 0.0383765262110, 0.0173643214904],
  },
  1.5: {
    linear: [0.087625, 0.0649982143313, 0.0356976137690],
    cosine: [0.0962320368593, 0.0724787840961, 0.0280941356335],
    normalisedExponential: [0.0815971708535, 0.0533580454600, 0.0251841996043],
  },
  2: {
    linear: [0.0938125, 0.07525, 0.0443125],
    cosine: [0.0990488713800, 0.0855017856687, 0.0408430290602],
    normalisedExponential: [0.0905111347864, 0.0653567311329, 0.0326212385331],
  },
  3: {
    linear: [0.098453125, 0.087625, 0.058234375],
    cosine: [0.0999403750822, 0.0962320368593, 0.0625275189052],
    normalisedExponential: [0.0975718987224, 0.0815971708535, 0.0460953857485],
  },
};

for (const [k, curves] of Object.entries(GOLDEN)) {
  for (const [name, values] of Object.entries(curves)) {
    Deno.test(`kDecay() of ${name} with k = ${k} has the known values`, () => {
      const inner = INNER[name as keyof typeof INNER];
      const schedule = kDecay({ inner, k: Number(k) });
      values.forEach((value, i) =>
        close(schedule(250 * (i + 1)), value, 1e-10)
      );
    });
  }
}

Deno.test("kDecay() keeps both ends and the length, for every k", () => {
  fc.assert(fc.property(anyInner, power, power, (inner, a, b) => {
    for (const k of [a, [a, b]]) {
      const schedule = kDecay({ inner, k });
      strictEqual(schedule(0), 0.1);
      strictEqual(schedule(1000), 0.001);
      strictEqual(schedule(1001), 0.001);
      strictEqual(schedule.steps, 1000);
    }
  }));
});

Deno.test("kDecay() with k = 1 is the inner schedule to the bit", () => {
  // (1/49)·49 < 1 in floating point: a staircase would drop a step late.
  const stairs = step({ from: 1, factor: 0.5, every: 1, steps: 49 });
  for (const k of [1, [1], [1, 1]]) {
    const schedule = kDecay({ inner: stairs, k });
    for (let t = 0; t <= 49; t++) strictEqual(schedule(t), stairs(t));
  }
});

Deno.test("kDecay() is equations 10 to 13 as they are printed", () => {
  const { from, to, steps } = CURVE;
  fc.assert(fc.property(power, time, (k, t) => {
    const share = (t / steps) ** k;
    const rest = 1 - Math.exp(-1);
    const near = (actual: number, expected: number) =>
      close(actual, expected, 1e-11);
    near(kDecay({ inner: INNER.linear, k })(t), (from - to) * (1 - share) + to);
    near(
      kDecay({ inner: polynomial({ ...CURVE, power: 2 }), k })(t),
      (from - to) * (1 - share) ** 2 + to,
    );
    near(
      kDecay({ inner: INNER.cosine, k })(t),
      0.5 * (from - to) * (1 + Math.cos(share * Math.PI)) + to,
    );
    near(
      kDecay({ inner: INNER.normalisedExponential, k })(t),
      (from - to) / rest * Math.exp(-share) +
        (to - from * Math.exp(-1)) / rest,
    );
  }));
});

Deno.test("kDecay() with several powers is equation 14", () => {
  const { from, to, steps } = CURVE;
  const inner = polynomial({ ...CURVE, power: 2 });
  fc.assert(fc.property(
    fc.array(power, { minLength: 1, maxLength: 4 }),
    time,
    (k, t) => {
      const sum = k.reduce((total, ki) => total + (t / steps) ** ki, 0);
      close(
        kDecay({ inner, k })(t),
        (from - to) * (1 - sum / k.length) ** 2 + to,
        1e-11,
      );
    },
  ));
});

Deno.test("kDecay() warps time: k = 2 at a half is k = 1 at a quarter", () => {
  for (const inner of Object.values(INNER)) {
    strictEqual(kDecay({ inner, k: 2 })(500), inner(250));
  }
});

Deno.test("kDecay() of kDecay() multiplies the powers", () => {
  fc.assert(fc.property(anyInner, power, power, time, (inner, a, b, t) => {
    const twice = kDecay({ inner: kDecay({ inner, k: a }), k: b });
    close(twice(t), kDecay({ inner, k: a * b })(t), 1e-11);
  }));
});

Deno.test("kDecay() falls where its inner schedule falls, and stays in its bounds", () => {
  fc.assert(fc.property(anyInner, power, time, time, (inner, k, s, t) => {
    const schedule = kDecay({ inner, k });
    const [early, late] = [schedule(Math.min(s, t)), schedule(Math.max(s, t))];
    return early >= late - 1e-15 && early <= 0.1 && late >= 0.001 - 1e-15;
  }));
});

Deno.test("kDecay() rises with k: above the inner schedule for k > 1, below for k < 1", () => {
  fc.assert(fc.property(anyInner, power, power, time, (inner, a, b, t) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return kDecay({ inner, k: low })(t) <=
      kDecay({ inner, k: high })(t) + 1e-15;
  }));
});

Deno.test("kDecay() of a line with k and a polynomial with 1/k are inverse functions", () => {
  fc.assert(fc.property(
    fc.double({ min: 0.5, max: 3, noNaN: true }),
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    (k, share) => {
      const unit = { from: 1, to: 0, steps: 1 };
      const warped = kDecay({ inner: linear(unit), k });
      const root = polynomial({ ...unit, power: 1 / k });
      close(root(warped(share)), share, 1e-9);
    },
  ));
});

Deno.test("kDecay() of a line has the mean to + (from − to)·k/(k + 1)", () => {
  for (const k of [0.5, 1, 1.5, 2, 3]) {
    const schedule = kDecay({ inner: INNER.linear, k });
    let sum = 0;
    for (let t = 0; t < 1000; t++) sum += schedule(t + 0.5);
    close(sum / 1000, 0.001 + 0.099 * k / (k + 1), 1e-5);
  }
});

Deno.test("kDecay() refuses powers that are not positive, and endless schedules", () => {
  const inner = INNER.linear;
  for (const k of [0, -1, NaN, Infinity, []]) {
    throws(() => kDecay({ inner, k }), RangeError);
  }
  throws(() => kDecay({ inner, k: [1, -1] }), {
    name: "RangeError",
    message: "k[1] must be > 0, got -1",
  });
  throws(
    () => kDecay({ inner: rational({ from: 1, decay: 1 }), k: 2 }),
    {
      name: "TypeError",
      message:
        "inner must have a length, but this rational never ends: give it steps",
    },
  );
});
