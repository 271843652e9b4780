import { ok, strictEqual } from "node:assert";
import {
  goldenCases,
  largestDifference,
  libraries,
  versions,
} from "./golden.ts";
import { parityPage } from "./parity.ts";

/** The most that a value may differ by, relative: rounding of some operations. */
const TOLERANCE = 1e-11;

for (const library of libraries) {
  const cases = goldenCases.filter((one) => one.library === library);

  Deno.test(`schedules agree with ${library} ${versions[library]} in ${cases.length} cases`, () => {
    ok(cases.length >= 20);
    for (const one of cases) {
      strictEqual(one.values.length, one.steps.length);
      const { step, difference } = largestDifference(one);
      if (one.differs === undefined) {
        ok(difference <= TOLERANCE, `${one.call} by ${difference} at ${step}`);
      } else {
        // A difference that is gone must not stay in the documentation.
        ok(difference > 1e-6, `${one.call} no longer differs`);
      }
    }
  });
}

Deno.test("docs/parity.md is what the golden values say", async () => {
  const page = new URL("../../docs/parity.md", import.meta.url);
  strictEqual(
    await Deno.readTextFile(page),
    parityPage(),
    "run: deno run -A tests/schedules/parity.ts",
  );
});
