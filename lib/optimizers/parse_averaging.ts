import { parseSchedule } from "../schedules/parse.ts";
import { readKind } from "../schedules/read_kind.ts";
import { checkSize } from "../schedules/size.ts";
import type { Units } from "../schedules/units.ts";
import type { Averaging } from "./averaging.ts";
import { exponential } from "./exponential_average.ts";
import { stochastic } from "./stochastic_weight_average.ts";

const names = {
  what: "an averaging",
  example: '{ "kind": "exponentialAverage", "decay": 0.999 }',
};

const readers = new Map(
  [exponential, stochastic].map((one) => [one.kind, one]),
);

/**
 * The averaging that a spec describes.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default:
 * it stands alone.
 * @param units The steps of an epoch and of the whole training, for numbers of steps
 * that are `{ "epochs": n }` or `{ "fraction": n }`.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown or a number out of range.
 *
 * @example
 * ```ts
 * import { parseAveraging } from "./parse_averaging.ts";
 * import { strictEqual } from "node:assert";
 *
 * const swa = parseAveraging({ kind: "stochasticWeightAverage", from: 100 });
 * strictEqual(swa.statistics, "recalibrate");
 * ```
 */
export function parseAveraging(
  spec: unknown,
  path = "",
  units: Units = {},
): Averaging {
  checkSize(spec, names.what);
  const readSchedule = Object.assign(
    (inner: unknown, place: string) => parseSchedule(inner, place, units),
    { units },
  );
  return readKind(names, readers, spec, path, readSchedule);
}
