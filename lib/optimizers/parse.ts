import { parseSchedule } from "../schedules/parse.ts";
import { type KindReader, readKind } from "../schedules/read_kind.ts";
import { checkSize } from "../schedules/size.ts";
import type { Units } from "../schedules/units.ts";
import * as kinds from "./kinds.ts";
import type { Optimizer } from "./optimizer.ts";
import * as wholeKinds from "./whole_kinds.ts";

const names = {
  what: "an optimizer",
  example: '{ "kind": "momentum", "momentum": 0.9 }',
};

const factories = new Map<string, KindReader<Optimizer>>(
  [...Object.values(kinds), ...Object.values(wholeKinds)]
    .map((factory) => [factory.kind, factory]),
);

/**
 * The optimizer that a spec describes.
 *
 * The spec may come from anywhere: what is wrong with it is refused by its place
 * and name. For every optimizer o, `parseOptimizer(o.spec)` has the same spec.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default:
 * it stands alone.
 * @param units The steps of an epoch and of the whole training, for schedules of
 * hyper-parameters whose lengths are `{ "epochs": n }` or `{ "fraction": n }`.
 * @returns The optimizer.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown, a number out of range, or the spec
 * too large.
 *
 * @example
 * ```ts
 * import { parseOptimizer } from "./parse.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const text = `{ "kind": "momentum", "weightDecay": 5e-4, "momentum":
 *   { "kind": "linear", "from": 0.95, "to": 0.85, "steps": 1000 } }`;
 * const optimizer = parseOptimizer(JSON.parse(text));
 *
 * strictEqual(optimizer.schedules.momentum!(500).toFixed(3), "0.900");
 * strictEqual(optimizer.spec.decay, "coupled");
 *
 * const falling = { kind: "linear", from: 0.9, to: 0, steps: { epochs: 5 } };
 * strictEqual(
 *   parseOptimizer({ kind: "momentum", momentum: falling }, "", {
 *     stepsPerEpoch: 100,
 *   }).schedules.momentum!.steps,
 *   500,
 * );
 *
 * throws(
 *   () => parseOptimizer({ kind: "momentum", weightDcay: 5e-4 }),
 *   { message: /has no field "weightDcay"; did you mean "weightDecay"\?$/ },
 * );
 * ```
 */
export function parseOptimizer(
  spec: unknown,
  path = "",
  units: Units = {},
): Optimizer {
  checkSize(spec, names.what);
  const readSchedule = Object.assign(
    (inner: unknown, place: string) => parseSchedule(inner, place, units),
    { units },
  );
  return readKind(names, factories, spec, path, readSchedule);
}
