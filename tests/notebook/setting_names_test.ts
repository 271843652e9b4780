import { deepStrictEqual, strictEqual } from "node:assert";
import fc from "fast-check";
import { settingNames } from "../../lib/notebook/setting_names.ts";

Deno.test("settingNames() names one by what the others do not have", () => {
  const constant = (value: number) => ({ kind: "constant", value });
  deepStrictEqual(settingNames([{ seed: 1, batchSize: 50 }]), ["1"]);
  deepStrictEqual(
    settingNames([
      { learningRate: constant(0.1), batchSize: 50 },
      { learningRate: constant(0.2), batchSize: 50 },
    ]),
    ["learningRate = 0.1", "learningRate = 0.2"],
  );
  deepStrictEqual(
    settingNames([
      { learningRate: constant(0.1), batchSize: 50 },
      { learningRate: { kind: "cosine", from: 0.1 }, batchSize: 100 },
    ]),
    ["constant, batchSize = 50", "cosine, batchSize = 100"],
  );
  deepStrictEqual(settingNames([{ k: [1, 2] }, { k: 3 }, {}]), [
    "k = [1,2]",
    "k = 3",
    "k = none",
  ]);
});

Deno.test("settingNames() gives as many names as settings, all distinct", () => {
  fc.assert(fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (all) => {
    const names = settingNames(all);
    strictEqual(names.length, all.length);
    strictEqual(new Set(names).size, names.length);
  }));
});
