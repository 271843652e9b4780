/**
 * Durations in steps, epochs or fractions of the budget. Schedules count steps;
 * here the others become steps, and nowhere else.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";

/**
 * A duration: a number of steps, of epochs, or a fraction of the budget, the
 * whole length of the training.
 */
export type Duration =
  | number
  | { readonly epochs: number }
  | { readonly fraction: number };

/** What durations that are not in steps are converted by. */
export interface Units {
  /** The steps of an epoch, a number > 0: examples over batch size. */
  readonly stepsPerEpoch?: number;
  /** The steps of the whole training, a number > 0. */
  readonly budget?: number;
}

/** The durations that are not in steps, and the unit each needs. */
const UNITS = { epochs: "stepsPerEpoch", fraction: "budget" } as const;

/**
 * A duration in steps.
 *
 * steps = n for a number n, n·E for `{ epochs: n }`, n·B for `{ fraction: n }`,
 * where E is the number of steps per epoch and B the budget. It is not rounded;
 * what reads a length of a schedule rounds it to whole steps.
 *
 * @param duration The duration; it may come from anywhere, and is checked.
 * @param units The steps of an epoch and of the whole, as far as they are known.
 * @param path Where it stands, for messages.
 * @returns The number of steps.
 * @throws {TypeError} If it is no duration, or its unit is not known.
 * @throws {RangeError} If a number is not finite, or a unit not > 0.
 *
 * @example Five epochs, and three tenths of a run
 * ```ts
 * import { inSteps } from "./units.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(inSteps({ epochs: 5 }, { stepsPerEpoch: 391 }), 1955);
 * strictEqual(inSteps({ fraction: 0.25 }, { budget: 78200 }), 19550);
 * strictEqual(inSteps(100), 100);
 * ```
 */
export function inSteps(
  duration: Duration,
  units: Units = {},
  path = "a duration",
): number {
  if (typeof duration === "number") return finite(duration, path);
  const names = Object.keys(UNITS);
  if (
    typeof duration !== "object" || duration === null || Array.isArray(duration)
  ) {
    throw new TypeError(
      `${path} must be a number of steps, { "epochs": n } or { "fraction": n }, got ${
        show(duration)
      }`,
    );
  }
  const [first, ...more] = Object.entries(duration);
  if (first === undefined || more.length > 0) {
    throw new TypeError(
      `${path} must have one of ${names.join(", ")}, got ${
        more.length && 1 + more.length
      } fields`,
    );
  }
  const [name, value] = first;
  if (name !== "epochs" && name !== "fraction") {
    const hint = didYouMean(name, names) || `: it has ${names.join(" or ")}`;
    throw new TypeError(
      `${path}: a duration has no field ${show(name)}${hint}`,
    );
  }
  const place = `${path}.${name}`;
  if (typeof value !== "number") {
    throw new TypeError(`${place} must be a number, got ${show(value)}`);
  }
  const unit = units[UNITS[name]];
  if (unit === undefined) {
    throw new TypeError(
      `${place} must be in steps here: ${UNITS[name]} is not known`,
    );
  }
  if (!(unit > 0 && unit < Infinity)) {
    throw new RangeError(`${UNITS[name]} must be a number > 0, got ${unit}`);
  }
  return finite(value, place) * unit;
}

/** A number, if it is finite. */
function finite(value: number, path: string): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${path} must be finite, got ${value}`);
}

/** What JSON Schema says of durations that are not in steps. */
export const durationSchema = {
  description:
    "a duration in epochs, or as a fraction of the budget (the whole training)",
  oneOf: Object.keys(UNITS).map((name) => ({
    type: "object",
    properties: { [name]: { type: "number" } },
    required: [name],
    additionalProperties: false,
  })),
} as const;
