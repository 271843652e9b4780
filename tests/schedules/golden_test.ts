import { ok, strictEqual } from "node:assert";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { close } from "./close.ts";

/** A schedule of another library, and the spec that must agree with it. */
interface GoldenCase {
  call: string;
  spec: { from?: number };
  steps: number[];
  values: number[];
}

const [header, ...lines] = Deno.readTextFileSync(
  new URL("../golden/schedules.jsonl", import.meta.url),
).trimEnd().split("\n");
const cases: GoldenCase[] = lines.map((line) => JSON.parse(line));

for (const library of ["torch", "timm", "optax", "keras"]) {
  const own = cases.filter(({ call }) => call.startsWith(library));
  const version = JSON.parse(header!).versions[library];
  // Keras computes in float32, the others in float64.
  const [relative, absolute] = library === "keras"
    ? [3e-7, 1.5e-8]
    : [1e-12, 1e-17];

  Deno.test(`schedules agree with ${library} ${version} in ${own.length} cases`, () => {
    ok(own.length >= 20);
    for (const { call, spec, steps, values } of own) {
      const schedule = parseSchedule(spec);
      strictEqual(values.length, steps.length);
      for (const [i, step] of steps.entries()) {
        try {
          close(schedule(step), values[i]!, relative, absolute);
        } catch (error) {
          throw new Error(`${call} at step ${step}`, { cause: error });
        }
      }
    }
  });
}
