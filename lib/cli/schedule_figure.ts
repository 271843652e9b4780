/**
 * Schedules as a figure.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { lineFigure } from "../figures/line_figure.ts";
import type { Schedule, ScheduleSpec } from "../schedules/mod.ts";

/** A schedule and what it is called. */
export interface NamedSchedule {
  name: string;
  schedule: Schedule;
}

/** The most characters of a name. */
const LONGEST_NAME = 60;

/** The most points of a curve. */
const MOST_POINTS = 2000;

/**
 * What a schedule is called: its kind and options, cut where they are long, such
 * as `cosine(from 0.1, steps 100)`.
 */
export function nameOf(spec: ScheduleSpec): string {
  const text = textOf(spec);
  return text.length > LONGEST_NAME
    ? `${text.slice(0, LONGEST_NAME - 1)}…`
    : text;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const { kind = "", ...options } = value as Record<string, unknown>;
  const parts = Object.entries(options).map(([name, part]) =>
    `${name} ${textOf(part)}`
  );
  return `${kind}(${parts.join(", ")})`;
}

/** Whole steps from 0 to the end, evenly spaced where there are too many. */
function stepsTo(end: number, most: number): number[] {
  const count = Math.min(end, most);
  return Array.from(
    { length: count + 1 },
    (_, i) => Math.round(i * end / count),
  );
}

/** What {@linkcode scheduleFigure} takes besides the schedules. */
export interface ScheduleFigureOptions {
  /** The last step that is drawn. */
  end: number;
  /** The title. */
  title: string;
  /** Whether the values are on a logarithmic axis. */
  isLog?: boolean;
  /** The most points of a curve. */
  most?: number;
}

/** Schedules as curves over the step. */
export function scheduleFigure(
  schedules: readonly NamedSchedule[],
  { end, title, isLog = false, most = MOST_POINTS }: ScheduleFigureOptions,
): Figure {
  const x = stepsTo(end, most);
  return lineFigure({
    title,
    x: { title: "step" },
    y: { title: "value", ...(isLog ? { scale: "log" } : {}) },
    series: schedules.map(({ name, schedule }) => ({
      name,
      x,
      y: x.map((step) => schedule(step)),
    })),
  });
}
