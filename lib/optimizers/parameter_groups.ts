/**
 * Parameter groups: parameters whose rate or decay differs from that of others.
 *
 * @module
 */
import {
  type Field,
  type FieldText,
  number,
  optional,
  withDefault,
} from "../schedules/field.ts";
import { list } from "../schedules/nested_field.ts";
import { readFields } from "../schedules/record.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { choice } from "./hyperparameter.ts";
import type { UpdateFactors } from "./optimizer.ts";

/** Some parameters, and what their rate and decay are multiplied by. */
export interface ParameterGroup extends UpdateFactors {
  /**
   * Their names, `*` standing for anything: `output/*`, `*bias`.
   *
   * @default {any}
   */
  readonly names?: string;
  /** Their roles. @default {any} */
  readonly roles?: readonly ("kernel" | "bias" | "scale" | "offset")[];
}

/** What groups know of a parameter. */
interface NamedParameter {
  readonly name: string;
  readonly role: string;
}

/** A text that is not empty. */
function text(description: FieldText): Field<string> {
  return {
    ...description,
    schema: { type: "string", minLength: 1 },
    read(value, path) {
      if (typeof value === "string" && value !== "") return value;
      throw new TypeError(`${path} must be a text, got ${show(value)}`);
    },
    write: (value) => value,
  };
}

const factor = (description: string) =>
  withDefault(1, number({ description, minimum: 0 }));

const fields = {
  names: optional(text({ description: "names, * standing for anything" })),
  roles: optional(
    list({
      description: "roles",
      item: choice({
        description: "a role",
        words: ["kernel", "bias", "scale", "offset"],
        default: "kernel",
      }),
    }),
  ),
  rateFactor: factor("what the learning rate is multiplied by"),
  decayFactor: factor("what the weight decay is multiplied by"),
};

/** Whether a name is as a pattern says; no pattern can take long. */
function matches(name: string, pattern: string): boolean {
  const [first, ...rest] = pattern.split("*");
  if (rest.length === 0) return name === pattern;
  const last = rest.pop()!;
  let at = first!.length;
  if (!name.startsWith(first!)) return false;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/**
 * The factors of each parameter: those of the first group that it is in, or 1.
 *
 * @param parameters The trained parameters.
 * @param groups The groups. One without names and roles takes all that are left.
 * @returns For each parameter what η and λ are multiplied by. A rate factor of 0
 * leaves a parameter as it is.
 * @throws {TypeError | RangeError} If an option of a group is unknown, of the wrong
 * type or out of range, or a group has no parameter.
 *
 * @example A head that learns ten times as fast, and no decay on biases
 * ```ts
 * import { factorsOf } from "./parameter_groups.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const parameters = [
 *   { name: "stem/kernel", role: "kernel" },
 *   { name: "stem/bias", role: "bias" },
 *   { name: "output/kernel", role: "kernel" },
 * ];
 * const factors = factorsOf(parameters, [
 *   { names: "output/*", rateFactor: 10 },
 *   { roles: ["bias", "scale", "offset"], decayFactor: 0 },
 * ]);
 * deepStrictEqual(factors, [
 *   { rateFactor: 1, decayFactor: 1 },
 *   { rateFactor: 1, decayFactor: 0 },
 *   { rateFactor: 10, decayFactor: 1 },
 * ]);
 * ```
 */
export function factorsOf(
  parameters: readonly NamedParameter[],
  groups: readonly ParameterGroup[],
): Required<UpdateFactors>[] {
  const read = groups.map((group, i) =>
    readFields("a group", fields, group, `groups[${i}]`)
  );
  const used = new Set<number>();
  const factors = parameters.map(({ name, role }) => {
    const at = read.findIndex(({ names, roles }) =>
      (names === undefined || matches(name, names)) &&
      (roles === undefined || roles.some((one) => one === role))
    );
    used.add(at);
    const { rateFactor = 1, decayFactor = 1 } = read[at] ?? {};
    return { rateFactor, decayFactor };
  });
  const idle = groups.findIndex((_, i) => !used.has(i));
  if (idle < 0) return factors;
  const { names } = groups[idle]!;
  const all = parameters.map(({ name }) => name);
  const hint = names === undefined
    ? ""
    : didYouMean(names, all) || `: there are ${all.slice(0, 20).join(", ")}`;
  throw new RangeError(
    `groups[${idle}] has no parameter that is not in a group before it${hint}`,
  );
}
