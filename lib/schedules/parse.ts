import * as kinds from "./kinds.ts";
import type { ReadSchedule } from "./field.ts";
import { readKind } from "./read_kind.ts";
import type { Schedule } from "./schedule.ts";
import { checkSize } from "./size.ts";
import type { Units } from "./units.ts";

const factories = new Map(
  Object.values(kinds).map((factory) => [factory.kind, factory]),
);

const names = {
  what: "a schedule",
  example: '{ "kind": "constant", "value": 0.1 }',
};

/** The schedule of a spec, or of one nested in it. */
function readSpec(
  spec: unknown,
  path: string,
  readSchedule: ReadSchedule,
): Schedule {
  return readKind(names, factories, spec, path, readSchedule);
}

/**
 * The schedule that a spec describes.
 *
 * The spec may come from anywhere: what is wrong with it is refused by its
 * place and name, and so is a spec that nests deeper than 64 objects and lists
 * or holds more than 4096 values. For every schedule s,
 * `parseSchedule(s.spec)` has the same spec and the same values.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default:
 * it stands alone.
 * @param units The steps of an epoch and of the whole training, for lengths that
 * the spec gives as `{ "epochs": n }` or `{ "fraction": n }`; the schedule's own
 * spec has them in whole steps.
 * @returns The schedule.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown, a number out of range, or the spec
 * too large.
 *
 * @example
 * ```ts
 * import { parseSchedule } from "./parse.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const text = `{ "kind": "kDecay", "k": 2, "inner":
 *   { "kind": "cosine", "from": 0.1, "to": 0.001, "steps": 1000 } }`;
 * const schedule = parseSchedule(JSON.parse(text));
 *
 * strictEqual(schedule(500).toFixed(10), "0.0855017857");
 * strictEqual(schedule.steps, 1000);
 *
 * const warm = { kind: "warmUp", steps: { epochs: 5 }, inner: schedule.spec };
 * strictEqual(parseSchedule(warm, "", { stepsPerEpoch: 20 }).steps, 1100);
 *
 * throws(
 *   () => parseSchedule({ kind: "cosin", from: 0.1, steps: 1000 }),
 *   { message: /got "cosin"; did you mean "cosine"\?$/ },
 * );
 * ```
 */
export function parseSchedule(
  spec: unknown,
  path = "",
  units: Units = {},
): Schedule {
  checkSize(spec);
  const read: ReadSchedule = Object.assign(
    (inner: unknown, place: string) => readSpec(inner, place, read),
    { units },
  );
  return read(spec, path);
}
