import { ok, strictEqual, throws } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import * as kinds from "../../lib/schedules/kinds.ts";
import { scheduleJsonSchema } from "../../lib/schedules/json_schema.ts";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { anySpec } from "./arbitrary.ts";

const validate = new Ajv2020({ strict: true }).compile(scheduleJsonSchema());

Deno.test("scheduleJsonSchema() accepts what parseSchedule() reads, and its plain form", () => {
  fc.assert(fc.property(anySpec, (spec) => {
    ok(validate(spec), JSON.stringify(validate.errors));
    ok(validate(parseSchedule(spec).spec));
  }));
});

Deno.test("scheduleJsonSchema() and parseSchedule() refuse the same damage", () => {
  const damage = fc.oneof(
    fc.record({ unknown: fc.integer() }),
    fc.record({ kind: fc.constantFrom("cosin", "", 3, null) }),
    fc.record({ steps: fc.constantFrom(0, -3, 1.5, "9", null, 2 ** 53) }),
    fc.record({ from: fc.constantFrom("a", null, [], {}) }),
    fc.record({ k: fc.constantFrom(0, -1, "a", [], [0]) }),
    fc.record({ pieces: fc.constantFrom([], [{}], {}) }),
    fc.record({ inner: fc.constantFrom(null, 1, {}, { kind: "constant" }) }),
  );
  fc.assert(fc.property(anySpec, damage, (spec, broken) => {
    const whole = { ...spec, ...broken };
    let parsed = true;
    try {
      parseSchedule(whole);
    } catch {
      parsed = false;
    }
    strictEqual(parsed, false);
    strictEqual(validate(whole), false);
  }));
});

Deno.test("scheduleJsonSchema() draws the limits of numbers where parseSchedule() does", () => {
  const inner = { kind: "constant", value: 1, steps: 9 };
  const warp = { kind: "kDecay", inner };
  const cases: Array<[spec: unknown, isRight: boolean]> = [
    [{ ...warp, k: 0 }, false],
    [{ ...warp, k: 1e-300 }, true],
    [{ ...warp, k: [1, 0] }, false],
    [{ ...warp, k: [] }, false],
    [{ ...warp, k: new Array(1000).fill(1) }, true],
    [{ ...warp, k: new Array(1001).fill(1) }, false],
    [{ kind: "perEpoch", inner, stepsPerEpoch: 1 }, true],
    [{ kind: "perEpoch", inner, stepsPerEpoch: 0.99 }, false],
    [{ ...inner, steps: Number.MAX_SAFE_INTEGER }, true],
    [{ ...inner, steps: Number.MAX_SAFE_INTEGER + 1 }, false],
    [{ ...inner, steps: 1.5 }, false],
    [{ ...inner, value: -5 }, true],
    [{ kind: "repeat", inner, heightFactor: 1 }, true],
    [{ kind: "repeat", inner, heightFactor: 1.01 }, false],
    [{ kind: "repeat", inner, heightFactor: 0 }, false],
    [{ kind: "oneCycle", peak: 1, steps: 9, phases: 4 }, false],
    [{ kind: "oneCycle", peak: 1, steps: 9, shape: "linear" }, true],
    [{ kind: "oneCycle", peak: 1, steps: 9, shape: "line" }, false],
  ];
  for (const [spec, isRight] of cases) {
    strictEqual(validate(spec), isRight, JSON.stringify(spec).slice(0, 99));
    if (isRight) ok(parseSchedule(spec));
    else throws(() => parseSchedule(spec));
  }
});

Deno.test("scheduleJsonSchema() and parseSchedule() take the same durations", () => {
  const units = { stepsPerEpoch: 10, budget: 100 };
  const cases: Array<[steps: unknown, isRight: boolean]> = [
    [{ epochs: 2.5 }, true],
    [{ fraction: 0.3 }, true],
    [{ epochs: "2" }, false],
    [{ epoch: 2 }, false],
    [{ epochs: 1, fraction: 1 }, false],
    [{}, false],
    [[1], false],
    [null, false],
  ];
  for (const [steps, isRight] of cases) {
    const spec = { kind: "cosine", from: 1, steps };
    strictEqual(validate(spec), isRight, JSON.stringify(spec));
    if (isRight) ok(parseSchedule(spec, "", units));
    else throws(() => parseSchedule(spec, "", units));
  }
  strictEqual(
    validate({ kind: "cosine", from: { epochs: 1 }, steps: 9 }),
    false,
  );
});

Deno.test("scheduleJsonSchema() refuses a kind without its required fields", () => {
  fc.assert(fc.property(anySpec, (spec) => {
    for (const name of Object.keys(spec)) {
      const { [name]: _, ...rest } = spec;
      let parsed = true;
      try {
        parseSchedule(rest);
      } catch {
        parsed = false;
      }
      // A missing length is refused by parseSchedule() alone.
      if (name !== "steps") strictEqual(validate(rest), parsed, name);
    }
  }));
});

Deno.test("scheduleJsonSchema() describes every kind and every option", () => {
  const { $defs } = scheduleJsonSchema() as {
    $defs: Record<string, {
      description: string;
      properties: Record<string, { description?: string }>;
    }>;
  };
  for (const { kind, formula, fields } of Object.values(kinds)) {
    const { description, properties } = $defs[kind]!;
    ok(description.endsWith(formula));
    for (const name of Object.keys(fields)) {
      ok(properties[name]?.description, `${kind}.${name}`);
    }
  }
});
