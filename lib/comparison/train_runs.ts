/**
 * Trains the runs of a comparison, up to the budget.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { parseController } from "../controllers/parse.ts";
import { PASSES } from "../controllers/count_passes.ts";
import { parseOptimizer } from "../optimizers/parse.ts";
import { parseSchedule } from "../schedules/parse.ts";
import type { RunRecord } from "../training/records.ts";
import { RunDirectory } from "../training/run_directory.ts";
import { trainTogether } from "../training/train.ts";
import { type Course, courseOf } from "./course.ts";
import type { MethodSetting } from "./method.ts";
import type { PreparedProblem, TestProblem } from "./problem.ts";

/** A run that is to be made. */
export interface PlannedRun {
  /** The method's setting. */
  readonly setting: MethodSetting;
  /** Decides where it starts, and the order of examples. */
  readonly seed: number;
}

/** How runs are trained. */
export interface TrainRunsOptions {
  /** Forward-pass equivalents of a run. */
  readonly budget: number;
  /** The folder that runs are written to. @default {none: they are kept in memory} */
  readonly directory?: string;
  /** Ends training; runs with folders can be resumed. */
  readonly signal?: AbortSignal;
  /** Told the forward passes done, of those of all these runs. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Says that a comparison was interrupted; with a folder it can be resumed. */
export class InterruptedComparisonError extends Error {
  /** The name of this class of errors. */
  override readonly name = "InterruptedComparisonError";
}

/** The folder of a run: its name is a hash of everything that decides its records. */
function folderOf(
  directory: string,
  { name, spec }: TestProblem,
  { setting, seed }: PlannedRun,
  budget: number,
): string {
  const text = JSON.stringify({ name, spec, setting, seed, budget });
  const id = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return join(directory, id);
}

/** The course of a run that has ended, from its folder. */
async function readCourse(
  path: string,
  problem: TestProblem,
  seed: number,
): Promise<Course | undefined> {
  const folder = new RunDirectory(path);
  const description = await folder.read();
  if (description === undefined) return undefined;
  const { status } = description;
  if (status !== "done" && status !== "diverged") return undefined;
  return courseOf(problem, seed, status, await folder.readRecords());
}

/** Runs that can be trained side by side: with one optimizer, and one controller. */
function groupsOf(plans: readonly PlannedRun[]): PlannedRun[][] {
  const groups = Map.groupBy(
    plans,
    ({ setting: { optimizer, controller, learningRate } }) =>
      JSON.stringify([optimizer, controller?.kind, learningRate === undefined]),
  );
  return [...groups.values()];
}

/**
 * Trains runs on one problem, each until it has spent the budget; runs that are in the
 * folder already are read from there, or gone on with.
 *
 * @returns One course a run, in their order.
 * @throws {InterruptedComparisonError} If the signal ended it.
 */
export async function trainRuns(
  problem: TestProblem,
  prepared: PreparedProblem,
  plans: readonly PlannedRun[],
  { budget, directory, signal, onProgress }: TrainRunsOptions,
): Promise<Course[]> {
  const { objective, data, batchSize } = prepared;
  const stepsPerEpoch = Math.floor(data.train.count / batchSize);
  const steps = Math.ceil(budget / PASSES.gradient);
  const epochs = Math.ceil(steps / stepsPerEpoch);
  const evaluateEvery = Math.max(1, Math.floor(epochs / problem.evaluations));
  const units = { stepsPerEpoch, budget: steps };
  const courses = new Map<PlannedRun, Course>();
  let done = 0;
  for (const group of groupsOf(plans)) {
    const folders = group.map((plan) =>
      directory === undefined
        ? undefined
        : folderOf(directory, problem, plan, budget)
    );
    const readAll = async () => {
      for (const [i, path] of folders.entries()) {
        const plan = group[i]!;
        const course = path && await readCourse(path, problem, plan.seed);
        if (course) courses.set(plan, course);
      }
    };
    await readAll();
    if (group.some((plan) => !courses.has(plan))) {
      const training = trainTogether(
        {
          objective,
          data,
          optimizer: parseOptimizer(
            group[0]!.setting.optimizer,
            "optimizer",
            units,
          ),
          batchSize,
          epochs,
          forwardPasses: budget,
          evaluateEvery,
          recordEvery: evaluateEvery * stepsPerEpoch,
        },
        group.map(({ seed, setting: { learningRate, controller } }, i) => ({
          seed,
          ...learningRate === undefined ? {} : {
            learningRate: parseSchedule(learningRate, "learningRate", units),
          },
          ...controller === undefined
            ? {}
            : { controller: parseController(controller, "controller") },
          ...folders[i] === undefined ? {} : { directory: folders[i] },
        })),
        signal ? { signal } : {},
      );
      const records: RunRecord[][] = group.map(() => []);
      const spent = group.map(() => 0);
      for (;;) {
        const next = await training.next();
        if (next.done) {
          next.value.forEach(({ parameters, averaged = [] }) =>
            tf.dispose([...parameters, ...averaged])
          );
          if (next.value.some(({ status }) => status === "stopped")) {
            throw new InterruptedComparisonError(
              "interrupted; what was trained is kept where there is a folder",
            );
          }
          next.value.forEach(({ status }, i) => {
            const { seed } = group[i]!;
            if (directory !== undefined || status === "stopped") return;
            courses.set(
              group[i]!,
              courseOf(
                problem,
                seed,
                status === "diverged" ? "diverged" : "done",
                records[i]!,
              ),
            );
          });
          break;
        }
        const { run, record } = next.value;
        if (directory === undefined) records[run]!.push(record);
        if ("cost" in record) spent[run] = record.cost ?? 0;
        const all = spent.reduce((sum, cost) => sum + cost, 0);
        onProgress?.(done + all, budget * plans.length);
      }
      await readAll();
      for (const path of folders) {
        // What was trained is not needed again: records are.
        if (path === undefined) continue;
        await Deno.remove(join(path, "checkpoints"), { recursive: true })
          .catch(() => {});
      }
    }
    done += budget * group.length;
    onProgress?.(done, budget * plans.length);
  }
  return plans.map((plan) => courses.get(plan)!);
}
