import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { type Duration, inSteps } from "../../lib/schedules/units.ts";

const UNITS = { stepsPerEpoch: 390.625, budget: 78125 };

Deno.test("inSteps() converts epochs and fractions of the budget", () => {
  strictEqual(inSteps(7), 7);
  strictEqual(inSteps({ epochs: 2 }, UNITS), 781.25);
  strictEqual(inSteps({ fraction: 0.3 }, UNITS), 23437.5);
  strictEqual(inSteps({ epochs: -1 }, UNITS), -390.625);
});

Deno.test("inSteps() refuses what is no duration, and units it does not know", () => {
  const wrong: Array<[duration: unknown, error: string, message: string]> = [
    [
      "3ep",
      "TypeError",
      'a duration must be a number of steps, { "epochs": n } or { "fraction": n }, got "3ep"',
    ],
    [
      {},
      "TypeError",
      "a duration must have one of epochs, fraction, got 0 fields",
    ],
    [
      { epochs: 1, fraction: 1 },
      "TypeError",
      "a duration must have one of epochs, fraction, got 2 fields",
    ],
    [
      { epoch: 1 },
      "TypeError",
      'a duration: a duration has no field "epoch"; did you mean "epochs"?',
    ],
    [
      { epochs: "1" },
      "TypeError",
      'a duration.epochs must be a number, got "1"',
    ],
    [
      { epochs: NaN },
      "RangeError",
      "a duration.epochs must be finite, got NaN",
    ],
    [Infinity, "RangeError", "a duration must be finite, got Infinity"],
  ];
  for (const [duration, name, message] of wrong) {
    throws(() => inSteps(duration as Duration, UNITS), { name, message });
  }
  throws(() => inSteps({ epochs: 1 }), {
    name: "TypeError",
    message:
      "a duration.epochs must be in steps here: stepsPerEpoch is not known",
  });
  throws(() => inSteps({ fraction: 1 }, { budget: 0 }), {
    name: "RangeError",
    message: "budget must be a number > 0, got 0",
  });
});

Deno.test("parseSchedule() reads lengths in any unit; its spec has steps", () => {
  const spec = {
    kind: "warmUp",
    steps: { epochs: 5 },
    inner: {
      kind: "multiStep",
      from: 0.1,
      factor: 0.1,
      milestones: [{ epochs: 30 }, { fraction: 0.5 }],
      steps: { fraction: 0.975 },
    },
  };
  const schedule = parseSchedule(spec, "", UNITS);
  strictEqual(
    JSON.stringify(schedule),
    '{"kind":"warmUp","inner":{"kind":"multiStep","from":0.1,"factor":0.1,' +
      '"milestones":[11719,39063],"steps":76172},"steps":1953,"from":0}',
  );
});

Deno.test("parseSchedule() gives the same schedule in all units", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 0, max: 3000 }),
    (epochs, stepsPerEpoch, t) => {
      const spec = (steps: Duration) => ({ kind: "cosine", from: 1, steps });
      const budget = epochs * stepsPerEpoch;
      const units = { stepsPerEpoch, budget };
      const expected = parseSchedule(spec(budget))(t);
      strictEqual(parseSchedule(spec({ epochs }), "", units)(t), expected);
      const whole = spec({ fraction: 1 });
      strictEqual(parseSchedule(whole, "", units)(t), expected);
    },
  ));
});

Deno.test("parseSchedule() refuses durations without units, and where none belongs", () => {
  const spec = { kind: "cosine", from: 1, steps: { epochs: 9 } };
  throws(() => parseSchedule(spec), {
    message: "steps.epochs must be in steps here: stepsPerEpoch is not known",
  });
  const inner = { kind: "scale", factor: 1, inner: spec };
  throws(() => parseSchedule(inner, "", { budget: 9 }), {
    message:
      "inner.steps.epochs must be in steps here: stepsPerEpoch is not known",
  });
  throws(
    () => parseSchedule({ ...spec, from: { epochs: 1 } }, "", UNITS),
    { message: "from must be a number, got an object" },
  );
  throws(
    () => parseSchedule({ ...spec, steps: { epochs: 0.001 } }, "", UNITS),
    { message: "steps must be an integer ≥ 1, got 0" },
  );
});
