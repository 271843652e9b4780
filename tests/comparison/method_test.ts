import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { parseMethod } from "../../lib/comparison/method.ts";
import { methodNames, methodOf } from "../../lib/comparison/methods.ts";

Deno.test("every short name makes settings that can be parsed, all grids of one size", () => {
  for (const name of methodNames) {
    for (const count of [2, 5]) {
      const { settings, values, varies } = methodOf(name, count);
      strictEqual(settings.length, varies === undefined ? 1 : count, name);
      strictEqual(values.length, varies === undefined ? 0 : count, name);
      for (const setting of settings) parseMethod(setting);
    }
  }
});

Deno.test("a grid goes from end to end in equal ratios", () => {
  deepStrictEqual(methodOf("sgd", 7).values, [
    0.001,
    0.00316,
    0.01,
    0.0316,
    0.1,
    0.316,
    1,
  ]);
  for (const count of [1, 2.5, 101]) {
    throws(() => methodOf("sgd", count), {
      message: `settings must be an integer in [2, 100], got ${count}`,
    });
  }
});

Deno.test("what varies is c − 1 in LOSSGRAD's grid", () => {
  const { settings, values } = methodOf("lossgrad", 3);
  deepStrictEqual(
    settings.map(({ controller }) => controller!.factor),
    values.map((value) => 1 + value),
  );
});

for (
  const [spec, message] of [
    ["sgdd", /did you mean "sgd"\?/],
    [7, /a method must be a name or an object .* got 7/],
    [{}, /needs a learningRate or a controller/],
    [{ optimiser: { kind: "sgd" } }, /did you mean "optimizer"\?/],
    [{ optimizer: { kind: "adm" } }, /did you mean "adam"\?/],
    [{ controller: { kind: "lossgrad", factor: 1 } }, /factor must be > 1/],
    [
      { learningRate: { kind: "constant", value: "x" } },
      /learningRate/,
    ],
    [
      { optimizer: { kind: "prodigy" }, controller: { kind: "pal" } },
      /prodigy does so itself/,
    ],
    [
      { name: "x".repeat(61), controller: { kind: "pal" } },
      /at most 60 characters/,
    ],
  ] as const
) {
  Deno.test(`a method ${JSON.stringify(spec).slice(0, 50)} is refused`, () => {
    throws(() => methodOf(spec, 4), message);
  });
}

Deno.test("a schedule's lengths may be small fractions of the budget", () => {
  const method = parseMethod({
    optimizer: { kind: "momentum" },
    learningRate: {
      kind: "warmUp",
      steps: { fraction: 0.1 },
      inner: {
        kind: "cosine",
        from: 0.1,
        to: 0,
        steps: { fraction: 0.9 },
      },
    },
  });
  strictEqual(method.name, "momentum × warmUp");
});

Deno.test("a plain form is named by its kinds, or its name", () => {
  const controller = { kind: "pal" };
  strictEqual(parseMethod({ controller }).name, "sgd × pal");
  strictEqual(parseMethod({ name: "mine", controller }).name, "mine");
  deepStrictEqual(parseMethod({ controller }).settings, [
    { optimizer: { kind: "sgd" }, controller },
  ]);
});
