import { deepStrictEqual, strictEqual, throws } from "node:assert";
import {
  factorsOf,
  type ParameterGroup,
} from "../../lib/optimizers/parameter_groups.ts";

const parameters = [
  { name: "stage1/block0/kernel", role: "kernel" },
  { name: "stage1/block0/bias", role: "bias" },
  { name: "stage2/block0/kernel", role: "kernel" },
  { name: "output/kernel", role: "kernel" },
];

/** Which parameters a pattern takes. */
function taken(group: ParameterGroup): number[] {
  return factorsOf(parameters, [{ ...group, rateFactor: 2 }])
    .flatMap(({ rateFactor }, i) => rateFactor === 2 ? [i] : []);
}

Deno.test("a star stands for anything, also for nothing", () => {
  deepStrictEqual(taken({ names: "stage1/*" }), [0, 1]);
  deepStrictEqual(taken({ names: "*kernel" }), [0, 2, 3]);
  deepStrictEqual(taken({ names: "stage*/block0/*" }), [0, 1, 2]);
  deepStrictEqual(taken({ names: "*" }), [0, 1, 2, 3]);
  deepStrictEqual(taken({ names: "output/kernel*" }), [3]);
  deepStrictEqual(taken({ names: "output/kernel" }), [3]);
  deepStrictEqual(taken({ names: "*block0*ker*" }), [0, 2]);
  throws(() => taken({ names: "stage1" }), /has no parameter/);
  // What matches the start may not match the end, too.
  throws(() => taken({ names: "output/kernel*kernel" }), /has no parameter/);
});

Deno.test("a pattern of many stars takes no long time", () => {
  const start = performance.now();
  const name = "a".repeat(10000);
  throws(
    () =>
      factorsOf([{ name, role: "kernel" }], [{ names: "*a".repeat(20) + "b" }]),
    /has no parameter/,
  );
  strictEqual(performance.now() - start < 1000, true);
});

Deno.test("the first group that fits decides", () => {
  const factors = factorsOf(parameters, [
    { names: "stage1/*", rateFactor: 0.1 },
    { rateFactor: 3 },
  ]);
  deepStrictEqual(factors.map(({ rateFactor }) => rateFactor), [
    0.1,
    0.1,
    3,
    3,
  ]);
});

Deno.test("a group that takes nothing is refused", () => {
  throws(
    () => factorsOf(parameters, [{ names: "*" }, { roles: ["bias"] }]),
    /^RangeError: groups\[1\] has no parameter that is not in a group before it$/,
  );
  throws(
    () => factorsOf(parameters, [{ names: "zzz" }]),
    /: there are stage1\/block0\/kernel, /,
  );
});

Deno.test("what is wrong with a group is refused by name", () => {
  const refuse = (group: object, message: RegExp) =>
    throws(() => factorsOf(parameters, [group]), message);
  refuse(
    { name: "*" },
    /TypeError: groups\[0\]: .*"name"; did you mean "names"\?/,
  );
  refuse({ names: "" }, /TypeError: groups\[0\].names must be a text, got ""/);
  refuse({ roles: ["biass"] }, /groups\[0\].roles\[0\] must be .* got "biass"/);
  refuse({ decayFactor: -1 }, /groups\[0\].decayFactor must be ≥ 0, got -1/);
});
