/**
 * Where runs start: at their beginning, or where they were left.
 *
 * @module
 */
import type { Checkpoint } from "./checkpoint.ts";
import { readMemory } from "./controller_memory.ts";
import { initialState, loadState } from "./group.ts";
import type { Training } from "./options.ts";
import { describe, type Run } from "./run.ts";
import type { RunDirectory } from "./run_directory.ts";
import type { RunStatus } from "./run_description.ts";
import {
  differences,
  environmentOf,
  type Settings,
  settingsOf,
} from "./settings.ts";

const hasEnded = (status: RunStatus) =>
  status === "done" || status === "diverged";

function refuse(
  { path }: RunDirectory,
  what: string,
  there: Settings,
  here: Settings,
): void {
  const other = differences(there, here);
  if (other === "") return;
  throw new TypeError(
    `${path} ${what} (${other}): choose another folder, or delete it`,
  );
}

/**
 * Takes over what a run's folder holds; returns the checkpoint to go back to.
 * Changes nothing that is there.
 */
async function take(
  training: Training,
  run: Run,
): Promise<Checkpoint | undefined> {
  const { directory } = run;
  if (directory === undefined) return undefined;
  if (await directory.read() === undefined) await describe(training, run);
  directory.open();
  const { settings, environment, status, cost } = (await directory.read())!;
  refuse(
    directory,
    "holds another run",
    settings,
    settingsOf(training, run.options),
  );
  if (hasEnded(status)) {
    run.status = status;
    run.step = cost.steps;
    run.cost = cost.forwardPasses;
    run.seconds = cost.seconds;
  } else {
    refuse(
      directory,
      "was begun elsewhere, so its records cannot be continued exactly",
      environment,
      environmentOf(),
    );
  }
  const [newest] = await directory.checkpoints.steps();
  if (newest === undefined) return undefined;
  const checkpoint = await directory.checkpoints.load(newest);
  const { controller } = run.options;
  if (controller && !hasEnded(status)) {
    run.memory = readMemory(controller, checkpoint.controller);
  }
  run.state = loadState(
    training,
    checkpoint.tensors,
    controller?.needsPrevious,
  );
  return checkpoint;
}

/**
 * Gives runs their state: that of their newest checkpoint, or the initial one. A
 * run that has ended stays as it is; where its checkpoints were removed, it has no
 * tensors.
 *
 * Nothing is changed in any folder before all of them were read and found good.
 *
 * @throws {TypeError} If a folder holds a run of other settings, or one that was
 * begun on something else.
 * @throws {SyntaxError} If a file is damaged.
 */
export async function resume(
  training: Training,
  runs: readonly Run[],
): Promise<void> {
  const checkpoints = new Map<Run, Checkpoint | undefined>();
  for (const run of runs) checkpoints.set(run, await take(training, run));
  for (const [run, checkpoint] of checkpoints) {
    if (hasEnded(run.status)) continue;
    await run.directory?.goBackTo(checkpoint);
    if (checkpoint === undefined) {
      const { seed, controller } = run.options;
      run.state = initialState(training, seed, controller?.needsPrevious);
    } else {
      const { status, step, cost, seconds } = checkpoint;
      Object.assign(run, { status, step, cost, seconds });
    }
    await describe(training, run);
  }
}
