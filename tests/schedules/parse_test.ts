import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import * as kinds from "../../lib/schedules/kinds.ts";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { anySpec } from "./arbitrary.ts";

const COSINE = { kind: "cosine", from: 0.1, to: 0.001, steps: 1000 };

Deno.test("parseSchedule() of a schedule's plain form is the same schedule", () => {
  fc.assert(fc.property(
    anySpec,
    fc.array(fc.double({ min: 0, max: 300, noNaN: true })),
    (spec, steps) => {
      const schedule = parseSchedule(spec);
      const again = parseSchedule(JSON.parse(JSON.stringify(schedule)));
      deepStrictEqual(again.spec, schedule.spec);
      strictEqual(again.steps, schedule.steps);
      for (const step of steps) strictEqual(again(step), schedule(step));
    },
  ));
});

Deno.test("parseSchedule() keeps what the spec says", () => {
  fc.assert(fc.property(anySpec, (spec) => {
    const written = parseSchedule(spec).spec;
    for (const [name, value] of Object.entries(spec)) {
      if (typeof value !== "object") strictEqual(written[name], value);
    }
  }));
});

Deno.test("parseSchedule() knows every kind by the name of its factory", () => {
  for (const [name, factory] of Object.entries(kinds)) {
    strictEqual(factory.kind, name);
    throws(() => parseSchedule({ kind: name }), /is missing/);
  }
});

Deno.test("parseSchedule() names what is wrong and where it stands", () => {
  const wrong: Array<[spec: unknown, error: string, message: string]> = [
    [
      null,
      "TypeError",
      'a schedule must be an object such as { "kind": "constant", "value": 0.1 }, got null',
    ],
    [
      "cosine",
      "TypeError",
      'a schedule must be an object such as { "kind": "constant", "value": 0.1 }, got "cosine"',
    ],
    [
      [COSINE],
      "TypeError",
      'a schedule must be an object such as { "kind": "constant", "value": 0.1 }, got an array of 1',
    ],
    [
      { from: 1 },
      "TypeError",
      'kind is missing: it names the schedule, such as "constant"',
    ],
    [{ kind: 3 }, "TypeError", "kind must be the name of a schedule, got 3"],
    [
      { ...COSINE, kind: "cosin" },
      "RangeError",
      'kind must be the name of a schedule, got "cosin"; did you mean "cosine"?',
    ],
    [
      { ...COSINE, form: 1 },
      "TypeError",
      'cosine has no field "form"; did you mean "from"?',
    ],
    [
      { kind: "kDecay", k: 2, inner: { ...COSINE, kind: "linera" } },
      "RangeError",
      'inner.kind must be the name of a schedule, got "linera"; did you mean "linear"?',
    ],
    [
      { kind: "kDecay", k: 2, inner: { ...COSINE, stesp: 1 } },
      "TypeError",
      'inner: cosine has no field "stesp"; did you mean "steps"?',
    ],
    [
      { kind: "kDecay", k: 2, inner: { kind: "cosine", from: 1 } },
      "TypeError",
      "inner.steps is missing: cosine needs the length T",
    ],
    [
      { kind: "kDecay", k: 2 },
      "TypeError",
      "inner is missing: kDecay needs the schedule that is warped",
    ],
    [
      { kind: "kDecay", k: 2, inner: 7 },
      "TypeError",
      'inner must be an object such as { "kind": "constant", "value": 0.1 }, got 7',
    ],
    [
      { kind: "kDecay", k: [1, "2"], inner: COSINE },
      "TypeError",
      'k[1] must be a number > 0, got "2"',
    ],
    [
      { kind: "join", pieces: COSINE },
      "TypeError",
      "pieces must be a list, got an object",
    ],
    [
      { kind: "join", pieces: [COSINE] },
      "TypeError",
      'pieces[0]: a piece has no field "kind": it has schedule, steps',
    ],
    [
      {
        kind: "join",
        pieces: [{ schedule: COSINE }, {
          schedule: {
            kind: "scale",
            factor: 2,
            inner: { ...COSINE, steps: -1 },
          },
        }],
      },
      "RangeError",
      "pieces[1].schedule.inner.steps must be an integer ≥ 1, got -1",
    ],
    [
      { kind: "join", pieces: [{ schedule: COSINE }], continuous: 1 },
      "TypeError",
      "continuous must be true or false, got 1",
    ],
    [
      {
        kind: "scale",
        factor: 1,
        inner: { kind: "gaussian", peak: 1, end: 2, steps: 3 },
      },
      "RangeError",
      "inner.end must be < peak, which is 1, got 2",
    ],
  ];
  for (const [spec, name, message] of wrong) {
    throws(() => parseSchedule(spec), { name, message });
  }
});

Deno.test("parseSchedule() names the place of the spec in something larger", () => {
  throws(() => parseSchedule({ kind: "cosine", from: 1 }, "optimizer.rate"), {
    message: "optimizer.rate.steps is missing: cosine needs the length T",
  });
  throws(() => parseSchedule(7, "rate"), {
    message: /^rate must be an object/,
  });
});

Deno.test("parseSchedule() lists the kinds where none is near", () => {
  throws(() => parseSchedule({ kind: "banana" }), {
    message: /got "banana": there are clamp, constant, .*, warmUpStableDecay$/,
  });
});

Deno.test("parseSchedule() takes a name for a name, whatever it is", () => {
  for (const kind of ["__proto__", "constructor", "toString", ""]) {
    throws(() => parseSchedule({ kind }), RangeError);
  }
  const spec = JSON.parse('{ "kind": "constant", "value": 1, "__proto__": 2 }');
  throws(() => parseSchedule(spec), /constant has no field "__proto__"/);
});

Deno.test("parseSchedule() refuses functions: a spec is data", () => {
  const inner = kinds.constant({ value: 1 });
  throws(
    () => parseSchedule({ kind: "scale", factor: 1, inner }),
    /inner must be an object/,
  );
});

Deno.test("parseSchedule() refuses what nests too deep, be it circular", () => {
  let spec: unknown = { kind: "constant", value: 1 };
  for (let depth = 0; depth < 100_000; depth++) {
    spec = { kind: "scale", factor: 1, inner: spec };
  }
  throws(() => parseSchedule(spec), {
    name: "RangeError",
    message:
      "a schedule must nest at most 64 objects and lists deep, got a deeper one",
  });
  const circular: Record<string, unknown> = { kind: "scale", factor: 1 };
  circular.inner = circular;
  throws(() => parseSchedule(circular), RangeError);
});

Deno.test("parseSchedule() refuses what holds too many values", () => {
  const pieces = (count: number) => ({
    kind: "join",
    pieces: new Array(count).fill({
      schedule: { kind: "constant", value: 1, steps: 1 },
    }),
  });
  strictEqual(parseSchedule(pieces(800)).steps, 800);
  throws(() => parseSchedule(pieces(900)), {
    name: "RangeError",
    message: "a schedule must hold at most 4096 values, got more",
  });
  const numbers = { kind: "kDecay", k: new Array(1001).fill(1), inner: COSINE };
  throws(() => parseSchedule(numbers), {
    name: "RangeError",
    message: "k must have 1 to 1000 items, got 1001",
  });
});

Deno.test("parseSchedule() refuses anything else, with an error of its own", () => {
  const junk = fc.oneof(
    fc.anything(),
    fc.tuple(anySpec, fc.string(), fc.jsonValue()).map(
      ([spec, name, value]) => ({ ...spec, [name]: value }),
    ),
  );
  fc.assert(fc.property(junk, (spec) => {
    try {
      ok(parseSchedule(spec));
    } catch (error) {
      ok(error instanceof TypeError || error instanceof RangeError);
      ok(/ (must|has no field|is missing)/.test(error.message), error.message);
      ok(!error.message.includes("\n"));
    }
  }));
});
