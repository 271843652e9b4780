/**
 * The options that optimizers over all parameters at once share.
 *
 * @module
 */
import { type Field, number, withDefault } from "../schedules/field.ts";

type WithDefault = Field<number> & { readonly default: number };

/** A share in [0, 1) that a step keeps. */
export function kept(description: string, standard: number): WithDefault {
  const least = number({ description, minimum: 0 });
  return withDefault(standard, {
    ...least,
    schema: { ...least.schema, exclusiveMaximum: 1 },
    read(value: unknown, path: string): number {
      const read = least.read(value, path);
      if (read < 1) return read;
      throw new RangeError(`${path} must be in [0, 1), got ${read}`);
    },
  });
}

/** A number over 0. */
export function over0(description: string, standard: number): WithDefault {
  return withDefault(standard, number({ description, above: 0 }));
}

/** A number of at least 0. */
export function from0(description: string, standard: number): WithDefault {
  return withDefault(standard, number({ description, minimum: 0 }));
}
