/**
 * An optimizer as an option of another.
 *
 * @module
 */
import type { Field, FieldText } from "../schedules/field.ts";
import { type KindReader, readKind } from "../schedules/read_kind.ts";
import { show } from "../text/show.ts";
import * as kinds from "./kinds.ts";
import type { Optimizer } from "./optimizer.ts";

const names = { what: "an inner optimizer", example: '{ "kind": "adam" }' };

const factories = new Map<string, KindReader<Optimizer>>(
  Object.values(kinds).map((factory) => [factory.kind, factory]),
);

/** Whether a value is an optimizer. */
function isOptimizer(value: unknown): value is Optimizer {
  return typeof value === "object" && value !== null && "direction" in value &&
    "spec" in value;
}

/**
 * An optimizer that looks at one parameter at a time, with a direction that depends on
 * gradients alone: no weight decay, no option by a schedule, no rate in it.
 */
export function innerOptimizer(
  { standard, ...text }: FieldText & { readonly standard: Optimizer },
): Field<Optimizer> & { readonly optional: true } {
  return {
    ...text,
    optional: true,
    schema: {
      oneOf: [...factories.keys()].map((kind) => ({ $ref: `#/$defs/${kind}` })),
    },
    read(value, path, readSchedule) {
      const read = readSchedule
        ? readKind(names, factories, value, path, readSchedule)
        : value;
      if (!isOptimizer(read)) {
        throw new TypeError(
          `${path} must be an optimizer, such as ${standard.spec.kind}(), got ${
            show(read)
          }`,
        );
      }
      const faults = [
        read.whole && "looks at all parameters at once",
        read.includesRate && "has the rate in its direction",
        read.rescale && "rescales its direction by the weights",
        Object.keys(read.schedules).length > 0 && "has options by schedules",
        read.weightDecay !== 0 && "has weight decay of its own",
      ].filter(Boolean);
      if (faults.length === 0) return read;
      throw new TypeError(
        `${path} must depend on gradients alone, but this ${read.spec.kind} ${
          faults[0]
        }`,
      );
    },
    write: ({ spec }) => spec,
  };
}
