/**
 * Shares of a training's length.
 *
 * @module
 */
import { type Field, number } from "../schedules/field.ts";

/** A number strictly between 0 and 1. */
export function share(
  description: string,
  standard: number,
): Field<number> & { readonly default: number } {
  const positive = number({ description, above: 0 });
  return {
    ...positive,
    default: standard,
    schema: { ...positive.schema, exclusiveMaximum: 1 },
    read(value, path) {
      const read = positive.read(value, path);
      if (read < 1) return read;
      throw new RangeError(`${path} must be in (0, 1), got ${read}`);
    },
  };
}
