import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import {
  controllerJsonSchema,
  isController,
  parseController,
} from "../../lib/controllers/mod.ts";
import * as kinds from "../../lib/controllers/kinds.ts";
import { controllers } from "./arbitrary.ts";

const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(
  controllerJsonSchema(),
);

Deno.test("parseController() reads what a controller writes", () => {
  for (const controller of controllers) {
    const { spec } = controller;
    const read = parseController(JSON.parse(JSON.stringify(controller)));
    deepStrictEqual(read.spec, spec);
    deepStrictEqual(read.init(), controller.init());
    strictEqual(read.precision, controller.precision);
    ok(isController(read));
    ok(validate(spec), JSON.stringify(validate.errors));
  }
});

Deno.test("factories, parseController() and the schema refuse the same", () => {
  const wrong: [unknown, RegExp][] = [
    [{ kind: "lossgrad", factor: 1 }, /^factor must be > 1, got 1$/],
    [{ kind: "lossgrad", factor: NaN }, /^factor must be finite/],
    [{ kind: "lossgrad", initial: -1 }, /^initial must be > 0, got -1$/],
    [{ kind: "lossgrad", variant: "papr" }, /did you mean "paper"\?$/],
    [{ kind: "lossgrad", minimum: -1 }, /^minimum must be ≥ 0, got -1$/],
    [{ kind: "lossgrad", precision: "float16" }, /^precision must be/],
    [{ kind: "firstOrder", epsilon: 0 }, /^epsilon must be > 0, got 0$/],
    [{ kind: "secondOrder", epsilon: -1e-5 }, /^epsilon must be > 0/],
    [{ kind: "secondOrder", delta: 0 }, /^delta must be > 0/],
    [{ kind: "armijo", slack: 0.6 }, /^slack must be/],
    [{ kind: "armijo", shrink: 1 }, /^shrink must be in \(0, 1\), got 1$/],
    [{ kind: "goldstein", stretch: 1 }, /^stretch must be > 1, got 1$/],
    [
      { kind: "reduceOnPlateau", patience: 1.5 },
      /^patience must be an integer/,
    ],
    [{ kind: "pal", mu: 1 }, /^pal has no field "mu"/],
    [{ kind: "losgrad" }, /did you mean "lossgrad"\?$/],
  ];
  for (const [spec, message] of wrong) {
    throws(() => parseController(spec), { message });
    if (!JSON.stringify(spec).includes("null")) {
      strictEqual(validate(spec), false);
    }
  }
  throws(() => kinds.lossgrad({ factor: 1 }), RangeError);
  throws(() => kinds.firstOrder({ epsilon: 0 }), RangeError);
  throws(() => kinds.armijo({ initial: -1 }), RangeError);
});
