/** Optimizers as plain JSON. */
import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as kinds from "../../lib/optimizers/kinds.ts";
import { optimizerJsonSchema } from "../../lib/optimizers/json_schema.ts";
import { parseOptimizer } from "../../lib/optimizers/parse.ts";
import * as scheduleKinds from "../../lib/schedules/kinds.ts";
import { cosine } from "../../lib/schedules/cosine.ts";

const accepts = new Ajv2020({ strict: true }).compile(optimizerJsonSchema());

for (const factory of Object.values(kinds)) {
  Deno.test(`${factory.kind}: the spec makes it again`, () => {
    const weightDecay = cosine({ from: 1e-3, steps: 100 });
    for (const optimizer of [factory(), factory({ weightDecay })]) {
      const text = JSON.stringify(optimizer.spec);
      const again = parseOptimizer(JSON.parse(text));
      deepStrictEqual(again.spec, optimizer.spec);
      deepStrictEqual(again.slots, optimizer.slots);
      deepStrictEqual(
        Object.keys(again.schedules),
        Object.keys(optimizer.schedules),
      );
      strictEqual(accepts(JSON.parse(text)), true);
    }
    // All options have defaults.
    deepStrictEqual(
      parseOptimizer({ kind: factory.kind }).spec,
      factory().spec,
    );
  });

  Deno.test(`${factory.kind}: what is wrong is refused by name`, () => {
    const { kind } = factory;
    const refuse = (options: object, name: string, message: RegExp) => {
      throws(() => parseOptimizer({ kind, ...options }), { name, message });
      strictEqual(accepts({ kind, ...options }), false);
    };
    refuse(
      { weightDcay: 1 },
      "TypeError",
      /has no field "weightDcay"; did you mean "weightDecay"\?$/,
    );
    refuse({ weightDecay: -1 }, "RangeError", /^weightDecay must be >= 0/);
    refuse({ decay: "none" }, "RangeError", /^decay must be .* got "none"$/);
    refuse({ decayAll: 1 }, "TypeError", /^decayAll must be true or false/);
    refuse(
      { weightDecay: { kind: "cosin" } },
      "RangeError",
      /^weightDecay\.kind must be .*; did you mean "cosine"\?$/,
    );
  });
}

Deno.test("kinds are refused by name, with the nearest", () => {
  throws(() => parseOptimizer({ kind: "addam" }), {
    name: "RangeError",
    message:
      'kind must be the name of an optimizer, got "addam"; did you mean "adam"?',
  });
  throws(
    () => parseOptimizer({ kind: "xyzzy" }),
    /there are adadelta, adagrad, /,
  );
  throws(() => parseOptimizer({}), {
    message: 'kind is missing: it names the optimizer, such as "momentum"',
  });
  throws(
    () => parseOptimizer("adam"),
    /^TypeError: an optimizer must be an object/,
  );
  throws(
    () => parseOptimizer({ kind: "sgd", weightDecay: Array(5000).fill(0) }),
    /^RangeError: an optimizer must hold at most 4096 values/,
  );
});

Deno.test("schedules of hyper-parameters may count epochs and fractions", () => {
  const spec = {
    kind: "momentum",
    momentum: { kind: "linear", from: 0.9, to: 0.5, steps: { epochs: 2 } },
    weightDecay: { kind: "cosine", from: 1e-3, steps: { fraction: 0.5 } },
  };
  const { schedules } = parseOptimizer(spec, "", {
    stepsPerEpoch: 30,
    budget: 200,
  });
  strictEqual(schedules.momentum!.steps, 60);
  strictEqual(schedules.weightDecay!.steps, 100);
  throws(
    () => parseOptimizer(spec, "optimizer"),
    /^TypeError: optimizer\.momentum\.steps\.epochs must be in steps here: stepsPerEpoch is not known$/,
  );
});

Deno.test("no optimizer has the name of a schedule", () => {
  const names = Object.values(scheduleKinds).map(({ kind }) => kind as string);
  deepStrictEqual(
    Object.values(kinds).filter(({ kind }) => names.includes(kind)),
    [],
  );
});
