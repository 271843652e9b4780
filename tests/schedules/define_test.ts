import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { constant } from "../../lib/schedules/constant.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import { kDecay } from "../../lib/schedules/k_decay.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { scale } from "../../lib/schedules/scale.ts";
import { isSchedule, type Schedule } from "../../lib/schedules/schedule.ts";
import { anySpec, finiteSpec } from "./arbitrary.ts";

Deno.test("a schedule has its first value before step 0 and its end value past the end", () => {
  fc.assert(fc.property(
    finiteSpec,
    fc.double({ min: 0, noNaN: true }),
    (spec, more) => {
      const schedule = parseSchedule(spec);
      const { steps } = schedule;
      ok(steps !== undefined && Number.isInteger(steps) && steps >= 1);
      strictEqual(schedule(-more), schedule(0));
      strictEqual(schedule(steps + more), schedule(steps));
    },
  ));
});

Deno.test("a schedule is a finite number at every step, and NaN at NaN", () => {
  fc.assert(fc.property(
    anySpec,
    fc.double({ min: 0, max: 1000, noNaN: true }),
    (spec, step) => {
      const schedule = parseSchedule(spec);
      ok(Number.isFinite(schedule(step)), `${schedule(step)} at ${step}`);
      ok(Number.isFinite(schedule(Infinity)));
      strictEqual(schedule(NaN), NaN);
    },
  ));
});

Deno.test("a schedule depends on the step alone, not on the steps before it", () => {
  fc.assert(fc.property(
    anySpec,
    fc.array(fc.integer({ min: 0, max: 300 })),
    (spec, steps) => {
      const schedule = parseSchedule(spec);
      const forwards = steps.map((step) => schedule(step));
      const backwards = steps.toReversed().map((step) => schedule(step));
      deepStrictEqual(forwards, backwards.toReversed());
    },
  ));
});

Deno.test("a schedule carries its plain form, with defaults filled in", () => {
  const schedule = kDecay({ k: 2, inner: cosine({ from: 0.1, steps: 9 }) });
  const spec = {
    kind: "kDecay",
    inner: { kind: "cosine", from: 0.1, to: 0, steps: 9 },
    k: 2,
  };
  deepStrictEqual(schedule.spec, spec);
  strictEqual(JSON.stringify(schedule), JSON.stringify(spec));
  deepStrictEqual(constant({ value: -0 }).spec, { kind: "constant", value: 0 });
});

Deno.test("a schedule's plain form cannot be changed, nor by changing its options", () => {
  const k = [1, 2];
  const schedule = kDecay({ k, inner: linear({ from: 1, steps: 9 }) });
  const before = schedule(4);
  k[1] = 5;
  strictEqual(schedule(4), before);
  for (const part of [schedule.spec, schedule.spec.k, schedule.spec.inner]) {
    ok(Object.isFrozen(part));
  }
});

Deno.test("a factory refuses options that are wrong, missing, or none of its own", () => {
  const wrong: Array<[options: unknown, error: string, message: string]> = [
    [
      undefined,
      "TypeError",
      "the options of linear must be an object with from, to, steps, got undefined",
    ],
    [
      [1, 0, 10],
      "TypeError",
      "the options of linear must be an object with from, to, steps, got an array of 3",
    ],
    [{ from: 1 }, "TypeError", "steps is missing: linear needs the length T"],
    [
      { from: 1, step: 9 },
      "TypeError",
      'linear has no field "step"; did you mean "steps"?',
    ],
    [
      { from: 1, steps: 9, curvature: 2 },
      "TypeError",
      'linear has no field "curvature": it has from, to, steps',
    ],
    [{ from: "1", steps: 9 }, "TypeError", 'from must be a number, got "1"'],
    [{ from: null, steps: 9 }, "TypeError", "from must be a number, got null"],
    [{ from: NaN, steps: 9 }, "RangeError", "from must be finite, got NaN"],
    [
      { from: 1, steps: Infinity },
      "RangeError",
      "steps must be finite, got Infinity",
    ],
    [
      { from: 1, steps: 0 },
      "RangeError",
      "steps must be an integer ≥ 1, got 0",
    ],
    [
      { from: 1, steps: 9.5 },
      "RangeError",
      "steps must be an integer ≥ 1, got 9.5",
    ],
    [
      { from: 1, steps: 2 ** 53 },
      "RangeError",
      "steps must be ≤ 9007199254740991, got 9007199254740992",
    ],
  ];
  for (const [options, name, message] of wrong) {
    throws(() => linear(options as never), { name, message });
  }
});

Deno.test("a factory takes schedules, not functions or specs, as inner schedules", () => {
  for (
    const inner of [(step: number) => step, { kind: "constant", value: 1 }]
  ) {
    throws(() => scale({ inner: inner as Schedule, factor: 1 }), {
      name: "TypeError",
      message:
        /^inner must be a schedule, such as constant\(\{ value: 0.1 \}\), got a/,
    });
  }
});

Deno.test("a factory makes no schedule whose plain form would be too large to read", () => {
  let inner: Schedule = constant({ value: 1 });
  throws(() => {
    for (let depth = 0; depth < 65; depth++) {
      inner = scale({ inner, factor: 1 });
    }
  }, {
    name: "RangeError",
    message:
      "a schedule must nest at most 64 objects and lists deep, got a deeper one",
  });
  deepStrictEqual(parseSchedule(inner.spec).spec, inner.spec);
});

Deno.test("isSchedule() tells schedules from other functions", () => {
  strictEqual(isSchedule(constant({ value: 1 })), true);
  strictEqual(isSchedule((step: number) => step), false);
  strictEqual(isSchedule({ spec: { kind: "constant" } }), false);
  strictEqual(isSchedule(null), false);
});
