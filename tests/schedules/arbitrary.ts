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

const line = { from: rate, steps };
const floor = { to: rate };

const { finite, any } = fc.letrec<{ finite: ScheduleSpec; any: ScheduleSpec }>(
  (tie) => ({
    finite: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      kind("constant", { value: rate, steps }),
      kind("linear", line, floor),
      kind("polynomial", { ...line, power }, floor),
      kind("cosine", line, floor),
      kind("normalisedExponential", line, floor),
      kind("exponential", { ...line, factor }, { every }),
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
      kind("equalArea", { inner: tie("finite"), to: tie("finite") }),
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
      kind("scale", { inner: tie("any"), factor: rate }),
    ),
  }),
);

/** Specs of schedules that have a length. */
export const finiteSpec: fc.Arbitrary<ScheduleSpec> = finite;
/** Specs of schedules with and without a length. */
export const anySpec: fc.Arbitrary<ScheduleSpec> = any;
