import { parseSchedule } from "../schedules/parse.ts";
import { type KindReader, readKind } from "../schedules/read_kind.ts";
import { checkSize } from "../schedules/size.ts";
import type { Controller } from "./controller.ts";
import * as kinds from "./kinds.ts";

const names = {
  what: "a controller",
  example: '{ "kind": "lossgrad", "factor": 1.05 }',
};

const factories = new Map<string, KindReader<Controller>>(
  Object.values(kinds).map((factory) => [factory.kind, factory]),
);

/**
 * The controller that a spec describes.
 *
 * The spec may come from anywhere: what is wrong with it is refused by its place and
 * name. For every controller c, `parseController(c.spec)` has the same spec.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default: it
 * stands alone.
 * @returns The controller.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown, a number out of range, or the spec too
 * large.
 *
 * @example
 * ```ts
 * import { parseController } from "./parse.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const text = `{ "kind": "lossgrad", "initial": 0.01 }`;
 * strictEqual(parseController(JSON.parse(text)).spec.factor, 1.05);
 *
 * throws(
 *   () => parseController({ kind: "lossgrad", factor: 1 }),
 *   { name: "RangeError", message: "factor must be > 1, got 1" },
 * );
 * ```
 */
export function parseController(spec: unknown, path = ""): Controller {
  checkSize(spec, names.what);
  return readKind(names, factories, spec, path, parseSchedule);
}
