import { isController } from "../controllers/controller.ts";
import { isSchedule } from "../schedules/schedule.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import type { RunOptions } from "./options.ts";

/**
 * Checks the runs of a group.
 *
 * @throws {RangeError | TypeError} If they do not make a group.
 */
export function checkRuns(runs: readonly RunOptions[]): void {
  if (runs.length === 0) throw new RangeError("a group needs at least one run");
  for (const run of runs) {
    const { seed, learningRate, gradientWeight, controller } = run;
    checkInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER);
    const { keepWeightsAt = [] } = run;
    for (const step of keepWeightsAt) checkInteger("keepWeightsAt", step, 0);
    if (keepWeightsAt.length > 0 && run.directory === undefined) {
      throw new TypeError("keepWeightsAt needs a folder: give a directory too");
    }
    if (controller !== undefined && !isController(controller)) {
      throw new TypeError(
        `controller must be a controller, such as lossgrad(), got ${
          show(controller)
        }`,
      );
    }
    for (const schedule of [learningRate, gradientWeight]) {
      const needed = schedule === learningRate && controller === undefined;
      if ((needed || schedule !== undefined) && !isSchedule(schedule)) {
        throw new TypeError(
          `learningRate and gradientWeight must be schedules, such as constant({ value: 0.1 }), got ${
            show(schedule)
          }`,
        );
      }
    }
  }
  const controlled = runs.filter((run) => run.controller).length;
  if (controlled !== 0 && controlled !== runs.length) {
    throw new TypeError(
      `either all runs of a group have a controller or none has, got ${controlled} of ${runs.length}`,
    );
  }
  const weighted = runs.filter((run) => run.gradientWeight).length;
  if (weighted !== 0 && weighted !== runs.length) {
    throw new TypeError(
      `either all runs of a group have a gradientWeight or none has, got ${weighted} of ${runs.length}`,
    );
  }
  const folders = runs.flatMap(({ directory }) => directory ?? []);
  const twice = folders.find((path, i) => folders.indexOf(path) !== i);
  if (twice !== undefined) {
    throw new RangeError(`two runs of a group have the folder ${twice}`);
  }
}
