/**
 * What is compared: an optimizer with a schedule or a controller.
 *
 * @module
 */
import { parseController } from "../controllers/parse.ts";
import type { ControllerSpec } from "../controllers/controller.ts";
import type { OptimizerSpec } from "../optimizers/optimizer.ts";
import { parseOptimizer } from "../optimizers/parse.ts";
import { parseSchedule } from "../schedules/parse.ts";
import type { ScheduleSpec } from "../schedules/schedule.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";

/** A method with numbers for all of its options, as plain JSON. */
export interface MethodSetting {
  /** The update rule. */
  readonly optimizer: OptimizerSpec;
  /**
   * η, or what a controller's step sizes are multiplied by. Fractions are of the steps
   * that the budget pays for at three forward passes a step.
   */
  readonly learningRate?: ScheduleSpec;
  /** Chooses η. */
  readonly controller?: ControllerSpec;
}

/** A method, and the settings to choose from. */
export interface Method {
  /** Its name in tables and figures. */
  readonly name: string;
  /** What its grid is of, such as `learning rate`; undefined where it has none. */
  readonly varies?: string;
  /** The values of its grid, one a setting; empty where it has none. */
  readonly values: readonly number[];
  /** The settings; one where it has no grid. */
  readonly settings: readonly MethodSetting[];
}

/** The fields of a method's spec. */
const FIELDS = ["name", "optimizer", "learningRate", "controller"];

/** Units to check a schedule with: so large that small fractions are whole steps. */
const UNITS = { stepsPerEpoch: 1e6, budget: 1e6 };

/**
 * A method of one setting from its plain form
 * `{ "name"?, "optimizer"?, "learningRate"?, "controller"? }`. The optimizer is gradient
 * descent unless named; a learning rate or a controller is needed.
 *
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown or a number out of range.
 *
 * @example
 * ```ts
 * import { parseMethod } from "./method.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const method = parseMethod({
 *   optimizer: { kind: "momentum" },
 *   learningRate: { kind: "cosine", from: 0.1, to: 0, steps: { fraction: 1 } },
 * });
 * strictEqual(method.name, "momentum × cosine");
 * throws(
 *   () => parseMethod({ controler: { kind: "pal" } }),
 *   /has no field "controler"; did you mean "controller"\?/,
 * );
 * ```
 */
export function parseMethod(spec: unknown): Method {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new TypeError(
      `a method must be a name or an object such as { "controller": { "kind": "pal" } }, got ${
        show(spec)
      }`,
    );
  }
  const { name, optimizer = { kind: "sgd" }, learningRate, controller } =
    spec as Record<string, unknown>;
  for (const field of Object.keys(spec)) {
    if (FIELDS.includes(field)) continue;
    throw new TypeError(
      `a method has no field ${show(field)}${didYouMean(field, FIELDS)}`,
    );
  }
  if (name !== undefined && (typeof name !== "string" || name.length > 60)) {
    throw new TypeError(
      `name must be a string of at most 60 characters, got ${show(name)}`,
    );
  }
  const rule = parseOptimizer(optimizer, "optimizer", UNITS);
  const chooses = controller === undefined
    ? undefined
    : parseController(controller, "controller");
  if (learningRate !== undefined) {
    parseSchedule(learningRate, "learningRate", UNITS);
  } else if (chooses === undefined) {
    throw new TypeError("a method needs a learningRate or a controller");
  }
  if (chooses !== undefined && (rule.whole || rule.includesRate)) {
    throw new TypeError(
      `a controller chooses the step size, but ${rule.spec.kind} does so itself: use one or the other`,
    );
  }
  const setting = {
    optimizer: optimizer as OptimizerSpec,
    ...learningRate === undefined
      ? {}
      : { learningRate: learningRate as ScheduleSpec },
    ...controller === undefined
      ? {}
      : { controller: controller as ControllerSpec },
  };
  return { name: name ?? kindsOf(setting), values: [], settings: [setting] };
}

/** The kinds that a setting is made of, such as `momentum × cosine`. */
function kindsOf({ optimizer, controller, learningRate }: MethodSetting) {
  return [optimizer, controller, learningRate]
    .flatMap((part) => part === undefined ? [] : [part.kind]).join(" × ");
}
