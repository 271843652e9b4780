/**
 * `deno task schedule`: lists, draws and evaluates schedules.
 *
 * @module
 */
import { dirname } from "node:path";
import { longest } from "../schedules/longest.ts";
import { scheduleJsonSchema, type Units } from "../schedules/mod.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Command, runCommand, UsageError } from "./command.ts";
import { readOutput } from "./read_folders.ts";
import type { NamedSchedule } from "./schedule_figure.ts";
import { writeGallery } from "./schedule_gallery.ts";
import { readScheduleArgument } from "./schedule_input.ts";
import { listKinds, listText } from "./schedule_list.ts";
import { plotSchedules } from "./schedule_plot.ts";

const help = `
Usage: deno task schedule list [--json | --schema]
       deno task schedule plot SPEC... [--out FILE] [--steps N] [--log]
       deno task schedule values SPEC [--steps N] [--csv | --json]
       deno task schedule gallery [--out DIR]

Lists every kind of schedule, draws schedules over the step, prints their values,
or writes the gallery of all kinds.

A SPEC is JSON, such as '{ "kind": "cosine", "from": 0.1, "steps": 1000 }', or
the path of a file that holds it.

Options:
  --steps N             plot steps 0 to N, or print the values of N steps,
                        0 to N - 1 (default: the length of the schedule)
  --out FILE            where the plot goes: .svg, .png, .html or .json for
                        plotly (default: schedules.svg); for the gallery a
                        folder (default: docs)
  --log                 logarithmic values in the plot
  --csv                 print "step,value" lines
  --json                print JSON: every kind with its options, units, defaults
                        and formula; or the values
  --schema              print the JSON Schema of specs
  --steps-per-epoch N   what { "epochs": n } in a SPEC is multiplied by
  --budget N            what { "fraction": n } in a SPEC is multiplied by, steps
  --help                print this

Exit code: 0 done, 1 failed, 2 bad usage or input.
`;

const options = {
  boolean: ["json", "csv", "log", "schema"],
  string: ["_", "steps", "out", "steps-per-epoch", "budget"],
} as const;

/** The most values that are printed or steps that are drawn. */
const MOST_STEPS = 10_000_000;

const actions = ["list", "plot", "values", "gallery"] as const;

/** A positive number, if the option is given. */
function readNumber(
  option: string,
  text: string | undefined,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= most) return value;
  throw new UsageError(
    `${option} must be a number > 0 and ≤ ${most}, got ${text}`,
  );
}

/** A positive integer, if the option is given. */
function readSteps(text: string | undefined): number | undefined {
  const steps = readNumber("--steps", text, MOST_STEPS);
  if (steps === undefined || Number.isInteger(steps)) return steps;
  throw new UsageError(`--steps must be an integer, got ${text}`);
}

/** How many steps are shown: as many as asked for, else the longest schedule's. */
function lengthOf(
  schedules: readonly NamedSchedule[],
  asked: number | undefined,
): number {
  const length = asked ?? longest(schedules.map(({ schedule }) => schedule));
  if (length === undefined) {
    throw new UsageError("this schedule never ends: say how far with --steps");
  }
  if (length > MOST_STEPS) {
    throw new UsageError(
      `this schedule has ${length} steps: say how many with --steps, at most ${MOST_STEPS}`,
    );
  }
  return length;
}

/** The values of the first steps, one line each or as a list. */
function valuesText(
  { schedule }: NamedSchedule,
  count: number,
  format: "csv" | "json" | "text",
): string {
  const values = Array.from({ length: count }, (_, step) => schedule(step));
  if (format === "json") return JSON.stringify(values);
  if (format === "csv") {
    return ["step,value", ...values.map((value, step) => `${step},${value}`)]
      .join("\n");
  }
  const width = String(count - 1).length;
  return values.map((value, step) =>
    `${String(step).padStart(width)}  ${value}`
  )
    .join("\n");
}

/** The command `schedule`. */
export const scheduleCommand: Command<typeof options> = {
  name: "schedule",
  help,
  options,
  operands: Infinity,
  async run(args) {
    const [action, ...specs] = args._.map(String);
    if (!(actions as readonly unknown[]).includes(action)) {
      throw new UsageError(
        `the first argument must be ${actions.join(", ")}, got ${
          action ?? "nothing"
        }${didYouMean(action ?? "", actions)}`,
      );
    }
    const extra = action === "plot"
      ? undefined
      : specs[action === "values" ? 1 : 0];
    if (extra !== undefined) {
      throw new UsageError(`${extra} is not expected here; see --help`);
    }
    if (action === "list") {
      const data = args.schema ? scheduleJsonSchema() : listKinds();
      console.log(
        args.json || args.schema
          ? JSON.stringify(data, null, 2)
          : listText(listKinds()),
      );
      return;
    }
    if (action === "gallery") {
      console.log(await writeGallery(await readOutput(args.out ?? "docs")));
      return;
    }
    if (specs.length === 0) {
      throw new UsageError(`${action} needs a SPEC; see --help`);
    }
    const stepsPerEpoch = readNumber(
      "--steps-per-epoch",
      args["steps-per-epoch"],
    );
    const budget = readNumber("--budget", args.budget);
    const units: Units = {
      ...(stepsPerEpoch === undefined ? {} : { stepsPerEpoch }),
      ...(budget === undefined ? {} : { budget }),
    };
    const schedules = await Promise.all(
      specs.map((spec) => readScheduleArgument(spec, units)),
    );
    const length = lengthOf(schedules, readSteps(args.steps));
    if (action === "plot") {
      const out = args.out ?? "schedules.svg";
      await readOutput(dirname(out));
      await plotSchedules(schedules, { out, end: length, isLog: args.log });
      console.log(out);
      return;
    }
    const format = args.csv ? "csv" : args.json ? "json" : "text";
    console.log(valuesText(schedules[0]!, length, format));
  },
};

if (import.meta.main) await runCommand(scheduleCommand);
