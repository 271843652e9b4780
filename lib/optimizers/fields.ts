/**
 * The options that several optimizers share.
 *
 * @module
 */
import type { Field } from "../schedules/field.ts";
import { type Hyperparameter, hyperparameter } from "./hyperparameter.ts";

type WithDefault = Field<Hyperparameter> & { readonly default: number };

/** A share in [0, 1) that a step keeps, such as momentum. */
export function share(description: string, standard: number): WithDefault {
  return hyperparameter({
    description,
    minimum: 0,
    below: 1,
    default: standard,
  });
}

/** Something small and positive that is added where one divides. */
export function small(description: string, standard: number): WithDefault {
  return hyperparameter({ description, above: 0, default: standard });
}
