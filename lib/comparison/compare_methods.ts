/**
 * Methods compared at equal cost.
 *
 * @module
 */
import { displayedAs } from "../figures/displayed.ts";
import { tInterval } from "../statistics/t_interval.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import type { Comparison, MethodResult, ProblemResult } from "./comparison.ts";
import { costToReach, type Course, finalValue, judgedValue } from "./course.ts";
import type { Method } from "./method.ts";
import { methodOf } from "./methods.ts";
import { comparePairs } from "./pairs.ts";
import { performanceProfile } from "./performance_profile.ts";
import type { PreparedProblem, TestProblem } from "./problem.ts";
import { problemByName } from "./problems.ts";
import { trainRuns, type TrainRunsOptions } from "./train_runs.ts";

/** What {@linkcode compareMethods} takes. */
export interface CompareMethodsOptions {
  /** At least two methods: short names, or plain forms (see `methodOf`). */
  readonly methods: readonly unknown[];
  /** The problems: names of the suite, or problems. */
  readonly problems: readonly (string | TestProblem)[];
  /** Forward-pass equivalents of each run, an integer in [30, 1e8]. */
  readonly budget: number;
  /** How many paired seeds, from 2 to 1000. @default {5} */
  readonly seeds?: number;
  /** Settings of each method's grid, from 2 to 100. @default {4} */
  readonly settings?: number;
  /**
   * What may be left of the way from the first loss to the best for a problem to count
   * as solved, in (0, 1). @default {0.01}
   */
  readonly tolerance?: number;
  /** The folder that runs are written to. @default {none: they are kept in memory} */
  readonly directory?: string;
  /** Ends it; with a folder it goes on from there the next time. */
  readonly signal?: AbortSignal;
  /** Told how far it is: forward passes done, of all that the note is about. */
  readonly onProgress?: (done: number, total: number, note: string) => void;
}

/** The seed that settings are chosen with: none of the compared. */
const TUNING_SEED = 1_000_000;

function checkDistinct(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new RangeError(`${what} must be distinct, got ${show(twice)} twice`);
}

/** Options, checked and with their defaults. */
function read(options: CompareMethodsOptions) {
  const { budget, seeds = 5, settings = 4, tolerance = 0.01 } = options;
  checkInteger("budget", budget, 30, 1e8);
  checkInteger("seeds", seeds, 2, 1000);
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(`tolerance must be in (0, 1), got ${show(tolerance)}`);
  }
  const methods = options.methods.map((method) => methodOf(method, settings));
  const problems = options.problems.map((problem) =>
    typeof problem === "string" ? problemByName(problem) : problem
  );
  if (methods.length < 2) {
    throw new RangeError(
      `methods must be at least two, got ${methods.length}`,
    );
  }
  if (problems.length === 0) throw new RangeError("problems must not be empty");
  checkDistinct("names of methods", methods.map(({ name }) => name));
  checkDistinct("names of problems", problems.map(({ name }) => name));
  return { budget, seeds, settings, tolerance, methods, problems };
}

/**
 * Compares methods at equal cost: every run ends after the first step at which it has
 * spent the budget of forward-pass equivalents (a backward pass is two).
 *
 * Each method with a grid is first run once with every setting, on a seed that is not
 * compared; the setting that does best on held-out examples is kept (on problems without
 * data: from another start). Grids have the same number of
 * settings. Then each method is run with the same seeds. The backend has to be there
 * (`initialize`).
 *
 * @returns What was found; in a notebook it shows itself.
 * @throws {RangeError | TypeError} If an option is out of range, or a method or problem
 * unknown, before anything is trained.
 * @throws {InterruptedComparisonError} If the signal ended it.
 *
 * @example On a round quadratic exact line search is there after one step of nine passes
 * ```ts
 * import { initialize } from "../runtime/initialize.ts";
 * import { quadraticProblem } from "./analytic_problems.ts";
 * import { compareMethods } from "./compare_methods.ts";
 * import { deepStrictEqual, ok } from "node:assert";
 *
 * await initialize();
 * const { problems: [round], ratios } = await compareMethods({
 *   methods: [
 *     "exactLineSearch",
 *     { name: "η = 0.1", learningRate: { kind: "constant", value: 0.1 } },
 *   ],
 *   problems: [quadraticProblem({ conditionNumber: 1 })],
 *   budget: 90,
 *   seeds: 3,
 * });
 * const { differs, difference } = round!.pairs[0]!;
 * ok(differs && difference.high < 0);
 * deepStrictEqual(ratios.exactLineSearch, [1, 1, 1]);
 * // 0.81 of the loss is left after each step: 1 % after 22, of three passes.
 * deepStrictEqual(ratios["η = 0.1"], [22 * 3 / 9, 22 * 3 / 9, 22 * 3 / 9]);
 * ```
 *
 * Reference: E. D. Dolan, J. J. Moré, Math. Program. 91, 2002 (profiles); J. J. Moré,
 * S. M. Wild, SIAM J. Optim. 20, 2009, eq. 2.2 (what counts as solved); S. Holm, Scand.
 * J. Statist. 6, 1979.
 */
export async function compareMethods(
  options: CompareMethodsOptions,
): Promise<Comparison> {
  const { budget, seeds, settings, tolerance, methods, problems } = read(
    options,
  );
  const results: ProblemResult[] = [];
  const seedList = Array.from({ length: seeds }, (_, seed) => seed);
  for (const problem of problems) {
    const prepared = await problem.prepare();
    try {
      results.push(
        await compareOn(problem, prepared, methods, seedList, options),
      );
    } finally {
      prepared.data.dispose();
    }
  }
  const costs = Object.fromEntries(methods.map(({ name }, i) => [
    name,
    results.flatMap((result) => costsToSolve(result, tolerance)[i]!),
  ]));
  const { ratios } = performanceProfile(costs);
  const comparison: Comparison = {
    budget,
    seeds: seedList,
    settings,
    tolerance,
    problems: results,
    ratios: Object.fromEntries(
      Object.entries(ratios).map(([name, list]) => [
        name,
        list.map((ratio) => ratio === Infinity ? null : ratio),
      ]),
    ),
  };
  return displayedAs(comparison, async () => {
    const { comparisonPanels } = await import("./figures.ts");
    return comparisonPanels(comparison);
  });
}

/** Chooses the settings of methods on a problem, and runs them. */
async function compareOn(
  problem: TestProblem,
  prepared: PreparedProblem,
  methods: readonly Method[],
  seeds: readonly number[],
  { budget, directory, signal, onProgress }: CompareMethodsOptions,
): Promise<ProblemResult> {
  const control = (note: string): TrainRunsOptions => ({
    budget,
    ...directory === undefined ? {} : { directory },
    ...signal === undefined ? {} : { signal },
    ...onProgress === undefined ? {} : {
      onProgress: (done, total) =>
        onProgress(done, total, `${note} ${problem.name}`),
    },
  });
  const tuned = methods.filter(({ settings }) => settings.length > 1);
  const trials = await trainRuns(
    problem,
    prepared,
    tuned.flatMap(({ settings }) =>
      settings.map((setting) => ({ setting, seed: TUNING_SEED }))
    ),
    control("choosing settings on"),
  );
  let at = 0;
  const chosen = methods.map((method) =>
    method.settings.length > 1
      ? choose(method, trials.slice(at, at += method.settings.length))
      : { setting: method.settings[0]!, tuning: null }
  );
  const courses = await trainRuns(
    problem,
    prepared,
    chosen.flatMap(({ setting }) => seeds.map((seed) => ({ setting, seed }))),
    control("comparing on"),
  );
  const judged = (value: number) => judgedValue(problem.outcome, value);
  const results = methods.map(({ name }, i): MethodResult => {
    const own = courses.slice(i * seeds.length, (i + 1) * seeds.length);
    const final = own.map((course) => finalValue(course, course.outcome));
    return {
      method: name,
      ...chosen[i]!,
      courses: own,
      final,
      interval: tInterval(final.map(judged)),
    };
  });
  const { name, title, loss, outcome } = problem;
  return {
    problem: name,
    title,
    loss,
    outcome,
    methods: results,
    pairs: comparePairs(Object.fromEntries(
      results.map(({ method, final }) => [method, final.map(judged)]),
    )),
  };
}

/** The setting whose trial ended best. */
function choose(
  { settings, values, varies = "" }: Method,
  trials: readonly Course[],
): Pick<MethodResult, "setting" | "tuning"> {
  const scores = trials.map(({ status, choice }) => {
    const last = choice.at(-1)!;
    return status === "done" && Number.isFinite(last) ? last : null;
  });
  const best = scores.reduce<number>(
    (best, score, i) =>
      (score ?? Infinity) < (scores[best] ?? Infinity) ? i : best,
    0,
  );
  return {
    setting: settings[best]!,
    tuning: {
      varies,
      values,
      scores,
      chosen: values[best]!,
      cost: trials.reduce((sum, { costs }) => sum + costs.at(-1)!, 0),
    },
  };
}

/**
 * For each method, what each seed's run spent until the problem was solved: until
 * L ≤ L* + tolerance·(L₀ − L*), L₀ the loss at its start and L* the least that any
 * method has come to from there.
 */
function costsToSolve(
  { methods }: ProblemResult,
  tolerance: number,
): number[][] {
  const targets = methods[0]!.courses.map((first, seed) => {
    const least = Math.min(
      ...methods.flatMap(({ courses }) =>
        courses[seed]!.loss.filter(Number.isFinite)
      ),
    );
    const start = first.loss[0]!;
    return least < start ? least + tolerance * (start - least) : -Infinity;
  });
  return methods.map(({ courses }) =>
    courses.map((course, seed) => costToReach(course, targets[seed]!))
  );
}
