/**
 * What schedules look like.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
import type { Figure } from "../figures/figure.ts";
import { lineFigure } from "../figures/line_figure.ts";
import type { Json, Schedule } from "../schedules/schedule.ts";
import { settingNames } from "./setting_names.ts";

/** Points of a curve, and the steps shown of a schedule that never ends. */
const POINTS = 600, ENDLESS = 1000;

/** What {@linkcode compareSchedules} takes besides the schedules. */
export interface CompareSchedulesOptions {
  /** The title. @default {"Schedules"} */
  title?: string;
  /** The steps shown, an integer ≥ 1. @default {the longest length, or 1000} */
  steps?: number;
}

/**
 * The curve of a schedule.
 *
 * @param options Its title; the steps shown.
 *
 * @example
 * ```ts
 * import { figureTitle } from "../figures/figure.ts";
 * import { cosine } from "../schedules/cosine.ts";
 * import { scheduleFigure } from "./schedule_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = scheduleFigure(cosine({ from: 0.1, steps: 100 }));
 * strictEqual(figureTitle(figure), "cosine: 0.1 → 0 over 100 steps");
 * ```
 */
export function scheduleFigure(
  schedule: Schedule,
  options: CompareSchedulesOptions = {},
): Figure {
  const { steps = ENDLESS } = schedule;
  const number = (value: number) => String(Number(value.toPrecision(4)));
  const title = schedule.steps === undefined
    ? `${schedule.spec.kind}, without an end`
    : `${schedule.spec.kind}: ${number(schedule(0))} → ${
      number(schedule(steps))
    } over ${steps.toLocaleString("en")} steps`;
  return curves([[schedule.spec.kind, schedule]], { title, ...options });
}

/**
 * Schedules over the same steps. In a notebook it shows itself.
 *
 * @param schedules By name; or a list, each named by what the others do not have.
 * @param options The title; the steps shown.
 * @throws {RangeError} If there are no schedules, or the steps are out of range.
 *
 * @example
 * ```ts
 * import { cosine, kDecay } from "../schedules/mod.ts";
 * import { compareSchedules } from "./schedule_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const inner = cosine({ from: 0.1, steps: 100 });
 * const figure = compareSchedules([1, 2, 4].map((k) => kDecay({ k, inner })));
 * deepStrictEqual(figure.data.map(({ name }) => name), ["k = 1", "k = 2", "k = 4"]);
 * ```
 */
export function compareSchedules(
  schedules: Readonly<Record<string, Schedule>> | readonly Schedule[],
  options: CompareSchedulesOptions = {},
): Figure {
  const list = Object.values(schedules);
  if (list.length === 0) throw new RangeError("schedules must not be empty");
  const names = Array.isArray(schedules)
    ? settingNames(list.map(({ spec }) => spec))
    : Object.keys(schedules);
  const named = list.map((schedule, i) => [names[i]!, schedule] as const);
  return curves(named, { title: "Schedules", ...options });
}

function curves(
  named: readonly (readonly [string, Schedule])[],
  options: CompareSchedulesOptions & { title: string },
): Figure {
  const lengths = named.flatMap(([, { steps }]) => steps ?? []);
  const { title, steps = lengths.length ? Math.max(...lengths) : ENDLESS } =
    options;
  checkInteger("steps", steps, 1);
  const points = Math.min(steps, POINTS);
  const x = Array.from(
    { length: points + 1 },
    (_, i) => Math.round(i * steps / points),
  );
  return lineFigure({
    title,
    caption: named.map(([name, { spec }]) =>
      named.length === 1 ? code(spec) : `${name}: ${code(spec)}`
    ).join("\n"),
    x: { title: "step" },
    y: { title: "value" },
    series: named.map(([name, schedule]) => ({
      name,
      x,
      y: x.map((step) => schedule(step)),
    })),
  });
}

/** A spec as the call that makes it. */
function code(spec: Json): string {
  if (Array.isArray(spec)) return `[${spec.map(code).join(", ")}]`;
  if (typeof spec !== "object" || spec === null) return JSON.stringify(spec);
  const { kind, ...options } = spec as { [name: string]: Json };
  const fields = Object.entries(options)
    .map(([name, value]) => `${name}: ${code(value)}`);
  const text = `{ ${fields.join(", ")} }`;
  return typeof kind === "string" ? `${kind}(${text})` : text;
}
