/**
 * How a schedule shows itself in a notebook.
 *
 * @module
 */
import type { Schedule } from "./schedule.ts";

/** The method that a Jupyter kernel asks of a value. */
const display = Symbol.for("Jupyter.display");

/**
 * Makes a schedule show its curve in a notebook. The method is not enumerable:
 * copies, comparisons and JSON do not see it.
 *
 * What draws is loaded by its address when a schedule is first shown, so that
 * schedules depend on nothing, and nothing of it gets into a browser's bundle.
 */
export function displayed(schedule: Schedule): Schedule {
  return Object.defineProperty(schedule, display, {
    value: async () => {
      const drawing = "../notebook/schedule_figure.ts";
      const { scheduleFigure } = await import(
        new URL(drawing, import.meta.url).href
      );
      return await scheduleFigure(schedule)[display]();
    },
  });
}
