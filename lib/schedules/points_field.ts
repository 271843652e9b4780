import { type Field, number } from "./field.ts";
import { list } from "./nested_field.ts";
import { record } from "./record.ts";

/** A value of a schedule that is given by points. */
export interface SchedulePoint {
  /** The step, an integer ≥ 0. */
  readonly step: number;
  /** The value there. */
  readonly value: number;
}

/** A field that holds points in the order of their steps. */
export function pointList(
  description: string,
): Field<readonly SchedulePoint[]> {
  return list({
    description,
    item: record({
      what: "a point",
      description: "a point",
      fields: {
        step: number({
          description: "the step",
          unit: "steps",
          minimum: 0,
          integer: true,
        }),
        value: number({ description: "the value there" }),
      },
    }),
  });
}
