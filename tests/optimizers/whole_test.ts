/** What holds of every optimizer that looks at all parameters at once. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as tf from "@tensorflow/tfjs";
import {
  optimizerJsonSchema,
  parseOptimizer,
} from "../../lib/optimizers/mod.ts";
import * as kinds from "../../lib/optimizers/whole_kinds.ts";

const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(
  optimizerJsonSchema(),
);

for (const [name, factory] of Object.entries(kinds)) {
  Deno.test(`${name}: the spec makes it again, and is in the schema`, () => {
    const { spec, slots, whole } = factory({ weightDecay: 0.1 });
    strictEqual(spec.kind, name);
    ok(validate(spec), JSON.stringify(validate.errors));
    const again = parseOptimizer(JSON.parse(JSON.stringify(spec)));
    deepStrictEqual(again.spec, spec);
    deepStrictEqual(again.slots, slots);
    deepStrictEqual(again.whole!.shared, whole!.shared);
  });

  Deno.test(`${name}: what is wrong is refused by name`, () => {
    throws(() => parseOptimizer({ kind: name, weightDecay: -1 }), {
      name: "RangeError",
      message: "weightDecay must be ≥ 0, got -1",
    });
    throws(() => parseOptimizer({ kind: name, decay: "decoupled" }), {
      name: "TypeError",
      message: new RegExp(`^${name} has no field "decay"`),
    });
    for (const field of Object.keys(factory.fields)) {
      throws(() => parseOptimizer({ kind: name, [field]: "x" }), TypeError);
      strictEqual(validate({ kind: name, [field]: "x" }), false);
    }
  });

  Deno.test(`${name}: it has no direction of one parameter`, () => {
    const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
    throws(() => factory().direction(tf.scalar(1), [], numbers), {
      name: "TypeError",
      message: /looks at all parameters at once/,
    });
    tf.dispose(numbers);
  });
}

Deno.test("mechanic refuses an inner optimizer that depends on more than gradients", () => {
  const refused: [object, RegExp][] = [
    [{ kind: "momo" }, /^inner.kind must be the name of an inner optimizer/],
    [{ kind: "kerasRmsprop" }, /has the rate in its direction$/],
    [{ kind: "lamb" }, /this lamb rescales/],
    [{ kind: "adamw" }, /this adamw has weight decay of its own$/],
    [{
      kind: "momentum",
      momentum: { kind: "linear", from: 0.5, to: 0.9, steps: 9 },
    }, /has options by schedules$/],
  ];
  for (const [inner, message] of refused) {
    throws(() => parseOptimizer({ kind: "mechanic", inner }), { message });
  }
  throws(() => kinds.mechanic({ inner: {} as never }), {
    name: "TypeError",
    message: "inner must be an optimizer, such as adam(), got an object",
  });
});
