/** What holds of combinators whatever they are applied to. */
import { ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { clamp } from "../../lib/schedules/clamp.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { equalArea } from "../../lib/schedules/equal_area.ts";
import { join } from "../../lib/schedules/join.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { mean } from "../../lib/schedules/mean.ts";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { perEpoch } from "../../lib/schedules/per_epoch.ts";
import { perIteration } from "../../lib/schedules/per_iteration.ts";
import { product } from "../../lib/schedules/product.ts";
import { repeat } from "../../lib/schedules/repeat.ts";
import { reverse } from "../../lib/schedules/reverse.ts";
import { scale } from "../../lib/schedules/scale.ts";
import type { FiniteSchedule, Schedule } from "../../lib/schedules/schedule.ts";
import { sequential } from "../../lib/schedules/sequential.ts";
import { shift } from "../../lib/schedules/shift.ts";
import { stretch } from "../../lib/schedules/stretch.ts";
import { sum } from "../../lib/schedules/sum.ts";
import { warmUp } from "../../lib/schedules/warm_up.ts";
import { anySpec, finiteSpec } from "./arbitrary.ts";
import { close } from "./close.ts";

const finite = finiteSpec.map((spec) => parseSchedule(spec) as FiniteSchedule);
const any = anySpec.map((spec) => parseSchedule(spec));
const step = fc.integer({ min: 0, max: 1000 });
const small = fc.integer({ min: 1, max: 20 });
const rate = fc.double({ min: 0.001, max: 1, noNaN: true });

/** Asserts that two schedules are one, to the bit, at a step and at the end. */
function same(actual: Schedule, expected: Schedule, at: number): void {
  strictEqual(actual.steps, expected.steps);
  strictEqual(actual(at), expected(at));
  strictEqual(actual(Infinity), expected(Infinity));
}

Deno.test("law: reverse twice is nothing", () => {
  fc.assert(fc.property(finite, step, (inner, t) => {
    same(reverse({ inner: reverse({ inner }) }), inner, t);
  }));
});

Deno.test("law: reverse swaps the ends and keeps the values", () => {
  fc.assert(fc.property(finite, step, (inner, t) => {
    const schedule = reverse({ inner });
    strictEqual(schedule(0), inner(inner.steps));
    strictEqual(schedule(inner.steps), inner(0));
    strictEqual(schedule(inner.steps - t), inner(t));
  }));
});

Deno.test("law: shifts add up, and none is nothing", () => {
  fc.assert(fc.property(finite, small, small, step, (inner, a, b, t) => {
    const twice = shift({ inner: shift({ inner, by: a }), by: b });
    same(twice, shift({ inner, by: a + b }), t);
    same(shift({ inner, by: 0 }), inner, t);
    same(shift({ inner: shift({ inner, by: a }), by: -a }), inner, t);
  }));
});

Deno.test("law: what is stretched and squeezed back is as before", () => {
  fc.assert(fc.property(finite, small, step, (inner, factor, t) => {
    const { steps } = inner;
    same(stretch({ inner, steps }), inner, t);
    const long = stretch({ inner, steps: factor * steps });
    strictEqual(long(factor * t), inner(t));
    same(stretch({ inner: long, steps }), inner, t);
  }));
});

Deno.test("law: repeat once is nothing, and more often is periodic", () => {
  fc.assert(fc.property(finite, small, step, (inner, times, t) => {
    same(repeat({ inner, times: 1 }), inner, t);
    const within = t % inner.steps;
    const endless = repeat({ inner });
    strictEqual(endless(within + times * inner.steps), inner(within));
    const some = repeat({ inner, times });
    strictEqual(some.steps, times * inner.steps);
    strictEqual(some(Infinity), inner(Infinity));
  }));
});

Deno.test("law: repeat with a length factor is a join of stretched ones", () => {
  fc.assert(fc.property(finite, step, (inner, t) => {
    const pieces = [1, 2, 4].map((factor) => ({
      schedule: stretch({ inner, steps: factor * inner.steps }),
    }));
    same(repeat({ inner, times: 3, lengthFactor: 2 }), join({ pieces }), t);
  }));
});

Deno.test("law: repeat with a height factor scales what is above the floor", () => {
  fc.assert(fc.property(finite, rate, step, (inner, floor, t) => {
    const schedule = repeat({ inner, times: 2, heightFactor: 0.5, floor });
    const within = Math.min(t, inner.steps);
    close(
      schedule(inner.steps + within),
      floor + (inner(within) - floor) / 2,
      1e-12,
      1e-12,
    );
  }));
});

Deno.test("law: sum and product do not mind the order", () => {
  fc.assert(fc.property(any, any, finite, step, (a, b, c, t) => {
    const [terms, turned] = [[a, b, c], [c, a, b]];
    const added = sum({ terms });
    close(added(t), sum({ terms: turned })(t));
    strictEqual(added.steps, sum({ terms: turned }).steps);
    const times = product({ factors: terms });
    close(times(t), product({ factors: turned })(t));
    strictEqual(times.steps, added.steps);
  }));
});

Deno.test("law: a product with a constant is a scaled schedule", () => {
  fc.assert(fc.property(any, rate, step, (inner, factor, t) => {
    const factors = [constant({ value: factor }), inner];
    same(product({ factors }), scale({ inner, factor }), t);
  }));
});

Deno.test("law: a schedule and its opposite add up to nothing", () => {
  fc.assert(fc.property(any, step, (inner, t) => {
    strictEqual(sum({ terms: [inner, scale({ inner, factor: -1 })] })(t), 0);
  }));
});

Deno.test("law: scale distributes over sum, and factors multiply", () => {
  fc.assert(fc.property(any, any, rate, rate, step, (a, b, f, g, t) => {
    const terms = [a, b];
    close(
      scale({ inner: sum({ terms }), factor: f })(t),
      sum({ terms: terms.map((inner) => scale({ inner, factor: f })) })(t),
    );
    close(
      scale({ inner: scale({ inner: a, factor: f }), factor: g })(t),
      scale({ inner: a, factor: f * g })(t),
    );
  }));
});

Deno.test("law: clamp keeps its limits, and twice is once", () => {
  fc.assert(fc.property(any, rate, rate, step, (inner, a, b, t) => {
    const limits = { minimum: Math.min(a, b), maximum: Math.max(a, b) };
    const schedule = clamp({ inner, ...limits });
    ok(schedule(t) >= limits.minimum && schedule(t) <= limits.maximum);
    same(clamp({ inner: schedule, ...limits }), schedule, t);
    same(clamp({ inner }), inner, t);
  }));
});

Deno.test("law: sequential by milestones is join by lengths", () => {
  fc.assert(fc.property(finite, finite, any, step, (a, b, c, t) => {
    const whole = join({ pieces: [a, b, c].map((schedule) => ({ schedule })) });
    const milestones = [a.steps, a.steps + b.steps];
    same(sequential({ schedules: [a, b, c], milestones }), whole, t);
  }));
});

Deno.test("law: sequential with a milestone at 0 leaves the first out", () => {
  fc.assert(fc.property(any, any, step, (a, b, t) => {
    same(sequential({ schedules: [a, b], milestones: [0] }), b, t);
  }));
});

Deno.test("law: warmUp is a join with a straight line", () => {
  fc.assert(fc.property(any, small, rate, step, (inner, steps, from, t) => {
    const rise = linear({ from, to: inner(0), steps });
    same(
      warmUp({ inner, steps, from }),
      join({ pieces: [{ schedule: rise }, { schedule: inner }] }),
      t,
    );
  }));
});

Deno.test("law: perEpoch of perIteration holds each epoch's value", () => {
  fc.assert(fc.property(any, small, step, (inner, stepsPerEpoch, t) => {
    const steps = perIteration({ inner, stepsPerEpoch });
    const held = perEpoch({ inner: steps, stepsPerEpoch });
    strictEqual(held(t), inner(Math.floor(t / stepsPerEpoch)));
  }));
});

Deno.test("law: perIteration of a finite schedule is a stretch", () => {
  fc.assert(fc.property(finite, small, step, (inner, stepsPerEpoch, t) => {
    same(
      perIteration({ inner, stepsPerEpoch }),
      stretch({ inner, steps: stepsPerEpoch * inner.steps }),
      // Whole epochs: between them the two round differently.
      t * stepsPerEpoch,
    );
  }));
});

Deno.test("law: equalArea to a schedule itself is that schedule", () => {
  fc.assert(fc.property(finite, rate, step, (other, value, t) => {
    // A mean above zero, which can be scaled.
    const inner = sum({ terms: [constant({ value }), other] });
    close(equalArea({ inner, to: inner })(t), inner(t));
    const to = constant({ value, steps: 10 });
    close(mean(equalArea({ inner, to })), value, 1e-9);
  }));
});
