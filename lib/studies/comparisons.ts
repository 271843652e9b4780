/**
 * Runs by arm and seed, and differences between arms over paired seeds.
 *
 * @module
 */
import type { Run } from "./study.ts";

/** Runs that differ only in their seeds, by seed. */
export type Arm = ReadonlyMap<number, Run>;

/** Runs grouped by a key, such as the name of their schedule. */
export function groupRuns<Key>(
  runs: readonly Run[],
  key: (run: Run) => Key,
): Map<Key, Map<number, Run>> {
  const groups = new Map<Key, Map<number, Run>>();
  for (const run of runs) {
    const group = groups.get(key(run)) ?? new Map<number, Run>();
    groups.set(key(run), group);
    group.set(run.plan.seed, run);
  }
  return groups;
}

/** Runs by the name of their arm. */
export function byArm(runs: readonly Run[]): Map<string, Map<number, Run>> {
  return groupRuns(runs, (run) => run.plan.arm);
}

/** a − b of a quantity, one value a seed that both arms have. */
export function pairedDifferences(
  a: Arm,
  b: Arm,
  quantity: (run: Run) => number,
): number[] {
  return [...a].flatMap(([seed, run]) => {
    const other = b.get(seed);
    return other === undefined ? [] : [quantity(run) - quantity(other)];
  });
}

/** The mean of a quantity over an arm's seeds. */
export function armMean(arm: Arm, quantity: (run: Run) => number): number {
  let sum = 0;
  for (const run of arm.values()) sum += quantity(run);
  return sum / arm.size;
}

/**
 * The last error on a split, in percent. A run that diverged counts as untrained:
 * its error is that before the first step.
 */
export function finalError(split: string): (run: Run) => number {
  return ({ status, evaluation }) => {
    const error = evaluation[split]?.error.at(status === "diverged" ? 0 : -1);
    return 100 * (error ?? NaN);
  };
}

/**
 * The last share of classes on a split that were not among the highest outputs, in
 * percent; only of runs whose training measures it. That of a run that diverged is the
 * share before the first step.
 */
export function finalTopError(split: string): (run: Run) => number {
  return ({ status, evaluation }) => {
    const shares = evaluation[split]?.measured?.topError;
    return 100 * (shares?.at(status === "diverged" ? 0 : -1) ?? NaN);
  };
}

/**
 * The least error on a split of all epochs, in percent: chosen by hindsight. That of a
 * run that diverged is the error before the first step.
 */
export function bestError(split: string): (run: Run) => number {
  return ({ status, evaluation }) => {
    const { error } = evaluation[split]!;
    return 100 * (status === "diverged" ? error[0]! : Math.min(...error));
  };
}

/** The arm that does best on the validation split, by its mean over the seeds. */
export function chosenOnValidation(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): string {
  const scored = names.filter((name) => arms.has(name)).map((name) => ({
    name,
    error: armMean(arms.get(name)!, finalError("validation")),
  }));
  return scored.reduce((best, next) => next.error < best.error ? next : best)
    .name;
}

/**
 * The runs of whichever arm does best on the validation split: the run of each seed is
 * of the arm that does best over the other seeds.
 *
 * A choice by all seeds would favour the arm that was lucky in the very runs that are
 * then compared, and more so the more arms there are to choose from.
 *
 * @param names The arms to choose among; with one seed it decides for itself.
 */
export function chosenArm(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): Arm {
  const seeds = [
    ...new Set(names.flatMap((name) => [...arms.get(name)?.keys() ?? []])),
  ];
  const without = (left: number) =>
    new Map(
      [...arms].map(([name, arm]) => [
        name,
        seeds.length === 1
          ? arm
          : new Map([...arm].filter(([seed]) => seed !== left)),
      ]),
    );
  return new Map(
    seeds.flatMap((seed) => {
      const run = arms.get(chosenOnValidation(without(seed), names))!.get(seed);
      return run === undefined ? [] : [[seed, run] as const];
    }),
  );
}

/** The best of some arms. */
export interface Best {
  /** The arm that does best on the validation split over all seeds. */
  name: string;
  /** Its runs, to be shown. */
  arm: Arm;
  /** The run of each seed, of the arm that does best over the others: to be compared. */
  chosen: Arm;
}

/** The best of some arms on the validation split. */
export function bestArm(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): Best {
  const name = chosenOnValidation(arms, names);
  return { name, arm: arms.get(name)!, chosen: chosenArm(arms, names) };
}
