import * as scheduleKinds from "../schedules/kinds.ts";
import type { ReadSchedule } from "../schedules/field.ts";
import { readKind } from "../schedules/read_kind.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { checkSize } from "../schedules/size.ts";
import type { Units } from "../schedules/units.ts";
import * as kinds from "./kinds.ts";

const names = {
  what: "a gradient weight",
  example: '{ "kind": "linearDecrease", "steps": 1000 }',
};

const factories = new Map(
  [...Object.values(kinds), ...Object.values(scheduleKinds)]
    .map((factory) => [factory.kind, factory]),
);

/**
 * The gradient weight that a spec describes: one of the weights here, or any
 * schedule; each may nest the others.
 *
 * The spec may come from anywhere: what is wrong with it is refused by its place
 * and name.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default:
 * it stands alone.
 * @param units The steps of an epoch and of the whole training, for lengths that
 * the spec gives as `{ "epochs": n }` or `{ "fraction": n }`.
 * @returns The weight, a schedule.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown, a number out of range, or the spec
 * too large.
 *
 * @example A random gradient that fades out
 * ```ts
 * import { parseGradientWeight } from "./parse.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const text = `{ "kind": "product", "factors": [
 *   { "kind": "randomGradient", "seed": 1 },
 *   { "kind": "linear", "from": 1, "to": 0, "steps": 1000 } ] }`;
 * strictEqual(parseGradientWeight(JSON.parse(text))(1000), 0);
 *
 * const line = {
 *   kind: "linearDecrease",
 *   steps: { fraction: 1 },
 *   stepsPerEpoch: { epochs: 1 },
 * };
 * const weight = parseGradientWeight(line, "", { stepsPerEpoch: 20, budget: 200 });
 * strictEqual(weight(119), 1);
 *
 * throws(
 *   () => parseGradientWeight({ kind: "linearDecreese", steps: 1000 }),
 *   { message: /got "linearDecreese"; did you mean "linearDecrease"\?$/ },
 * );
 * ```
 */
export function parseGradientWeight(
  spec: unknown,
  path = "",
  units: Units = {},
): Schedule {
  checkSize(spec, names.what);
  const read: ReadSchedule = Object.assign(
    (inner: unknown, place: string): Schedule =>
      readKind(names, factories, inner, place, read),
    { units },
  );
  return read(spec, path);
}
