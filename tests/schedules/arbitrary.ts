/** Random specs of every kind of schedule, valid ones. */
import fc from "fast-check";
import type { ScheduleSpec } from "../../lib/schedules/schedule.ts";

const steps = fc.integer({ min: 1, max: 200 });
const rate = fc.double({ min: 0.001, max: 1, noNaN: true });
const power = fc.double({ min: 0.2, max: 5, noNaN: true });
const factor = fc.double({ min: 0.5, max: 1, noNaN: true });
const every = fc.double({ min: 1, max: 50, noNaN: true });

/** An object with a kind and these fields; the optional ones may be missing. */
function kind(
  name: string,
  fields: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<ScheduleSpec> {
  const all = { kind: fc.constant(name), ...fields, ...optional };
  return fc.record(all, {
    requiredKeys: ["kind", ...Object.keys(fields)] as never,
  }) as fc.Arbitrary<ScheduleSpec>;
}

/** Peak, end and start in order. */
function peaked(name: string): fc.Arbitrary<ScheduleSpec> {
  return fc.tuple(
    kind(name, { steps }, { stretch: fc.boolean() }),
    fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    rate,
  ).map(([spec, share, peak]) => {
    const end = peak / 1000;
    const start = share === null ? {} : { start: end + share * (peak - end) };
    return { ...spec, peak, end, ...start };
  });
}

/** Points in the order of their steps; the last at step 1 or later. */
const points = fc.array(fc.record({ step: steps, value: rate }), {
  minLength: 1,
  maxLength: 4,
}).map((all) => all.sort((a, b) => a.step - b.step));

/** Steps in order. */
const milestones = fc.array(fc.integer({ min: 0, max: 200 }), {
  minLength: 1,
  maxLength: 4,
}).map((all) => all.sort((a, b) => a - b));

const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const shape = fc.constantFrom("linear", "cosine", "oneMinusSquareRoot");

/** How something is repeated. */
const repeated = {
  lengthFactor: fc.double({ min: 1, max: 3, noNaN: true }),
  heightFactor: factor,
};
const times = fc.integer({ min: 1, max: 4 });

/** The options of one cycle; three phases rise for half the time at most. */
const cycle = {
  rise: fc.double({ min: 0, max: 0.5, noNaN: true }),
  phases: fc.constantFrom(2, 3),
  shape: fc.constantFrom("linear", "cosine"),
};

/** Schedules that change at milestones, of which `last` is the last. */
function sequential(
  before: fc.Arbitrary<ScheduleSpec>,
  last: fc.Arbitrary<ScheduleSpec>,
): fc.Arbitrary<ScheduleSpec> {
  return milestones.chain((at) =>
    fc.tuple(
      fc.array(before, { minLength: at.length, maxLength: at.length }),
      last,
    ).map(([some, end]) => ({
      kind: "sequential",
      schedules: [...some, end],
      milestones: at,
    }))
  );
}

const line = { from: rate, steps };
const floor = { to: rate };

const { finite, any } = fc.letrec<{ finite: ScheduleSpec; any: ScheduleSpec }>(
  (tie) => ({
    finite: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      kind("constant", { value: rate, steps }),
      kind("linear", line, floor),
      kind("polynomial", { ...line, power }, floor),
      kind("cosine", line, { ...floor, exponent: power }),
      kind("normalisedExponential", line, floor),
      kind("exponential", { ...line, factor }, {
        every,
        staircase: fc.boolean(),
      }),
      kind("step", { ...line, factor, every }),
      kind("rational", { ...line, decay: factor }, { every }),
      kind("trapezoid", {
        peak: rate,
        rise: fc.integer({ min: 0, max: 50 }),
        fall: fc.integer({ min: 0, max: 50 }),
        steps: fc.integer({ min: 100, max: 200 }),
      }, { start: rate, end: rate }),
      peaked("gaussian"),
      peaked("laplacian"),
      kind("multiStep", { ...line, factor, milestones }),
      kind("piecewiseConstant", { points, steps }),
      kind("piecewiseInterpolated", { points }, { shape }),
      kind("inverseTime", { ...line, decay: factor }, {
        every,
        power,
        staircase: fc.boolean(),
      }),
      kind("inverseSquareRoot", { ...line, timescale: every }),
      kind("tanh", line, floor),
      kind("cosineRestarts", { from: rate, period: steps, times }, {
        ...floor,
        ...repeated,
      }),
      kind("cyclic", { lower: rate, upper: rate, rise: every, steps }, {
        fall: every,
        heightFactor: factor,
        stepFactor: factor,
      }),
      kind("oneCycle", { peak: rate, steps }, {
        ...cycle,
        startDivisor: power,
        endDivisor: power,
      }),
      kind("oneCycleMomentum", { steps }, { ...cycle, high: rate, low: rate }),
      kind("flatCosine", {
        from: rate,
        flat: fc.integer({ min: 0, max: 100 }),
        steps: fc.integer({ min: 100, max: 200 }),
      }, floor),
      kind("warmUpStableDecay", {
        peak: rate,
        warmUp: fc.integer({ min: 0, max: 50 }),
        decay: fc.integer({ min: 0, max: 50 }),
        steps: fc.integer({ min: 100, max: 200 }),
      }, { start: rate, end: rate, warmUpShape: shape, decayShape: shape }),
      kind("random", { low: fc.constant(0.0005), high: rate, seed, steps }, {
        every,
        distribution: fc.constantFrom("uniform", "logUniform"),
      }),
      kind("noise", { inner: tie("finite"), amount: factor, seed }, {
        every,
        distribution: fc.constantFrom("uniform", "normal"),
        begin: steps,
        until: steps,
      }),
      kind("clamp", { inner: tie("finite") }, {
        minimum: fc.double({ min: 0.0005, max: 0.2, noNaN: true }),
        maximum: fc.double({ min: 0.2, max: 1, noNaN: true }),
      }),
      kind("stretch", { inner: tie("finite"), steps }),
      kind("reverse", { inner: tie("finite") }),
      kind("shift", {
        inner: tie("finite"),
        by: fc.integer({ min: 0, max: 100 }),
      }),
      kind("repeat", { inner: tie("finite"), times }, {
        ...repeated,
        floor: rate,
      }),
      kind("perIteration", { inner: tie("finite"), stepsPerEpoch: every }),
      sequential(tie("any"), tie("finite")),
      kind("sum", {
        terms: fc.array(tie("any"), { maxLength: 2 }).chain((more) =>
          tie("finite").map((first) => [first, ...more])
        ),
      }),
      kind("kDecay", {
        inner: tie("finite"),
        k: fc.oneof(power, fc.array(power, { minLength: 1, maxLength: 3 })),
      }),
      kind("scale", { inner: tie("finite"), factor: rate }),
      kind("perEpoch", {
        inner: tie("finite"),
        stepsPerEpoch: every,
      }),
      kind("warmUp", { inner: tie("finite"), steps }, { from: rate }),
      // Only a mean above zero can be scaled.
      kind("equalArea", {
        inner: kind("sum", {
          terms: fc.tuple(kind("constant", { value: rate }), tie("finite")),
        }),
        to: tie("finite"),
      }),
      kind("product", {
        factors: fc.array(tie("any"), { maxLength: 2 }).chain((more) =>
          tie("finite").map((first) => [first, ...more])
        ),
      }),
      kind("join", {
        pieces: fc.array(
          fc.oneof(
            fc.record({ schedule: tie("finite") }),
            fc.record({ schedule: tie("any"), steps }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      }, { continuous: fc.constant(false) }),
    ),
    any: fc.oneof(
      tie("finite"),
      kind("constant", { value: rate }),
      kind("exponential", { from: rate, factor }),
      kind("step", { from: rate, factor, every }),
      kind("rational", { from: rate, decay: factor }),
      kind("polynomial", { ...line, power, cycle: fc.constant(true) }, floor),
      kind("multiStep", { from: rate, factor, milestones }),
      kind("piecewiseConstant", { points }),
      kind("inverseTime", { from: rate, decay: factor }),
      kind("inverseSquareRoot", { from: rate, timescale: every }),
      kind("cosineRestarts", { from: rate, period: steps }, repeated),
      kind("cyclic", { lower: rate, upper: rate, rise: every }),
      kind("random", { low: fc.constant(0), high: rate, seed }),
      kind("repeat", { inner: tie("finite") }, repeated),
      kind("shift", {
        inner: tie("any"),
        by: fc.integer({ min: 0, max: 100 }),
      }),
      kind("perIteration", { inner: tie("any"), stepsPerEpoch: every }),
      sequential(tie("any"), tie("any")),
      kind("scale", { inner: tie("any"), factor: rate }),
    ),
  }),
);

/** Specs of schedules that have a length. */
export const finiteSpec: fc.Arbitrary<ScheduleSpec> = finite;
/** Specs of schedules with and without a length. */
export const anySpec: fc.Arbitrary<ScheduleSpec> = any;
