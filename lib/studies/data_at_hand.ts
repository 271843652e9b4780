/**
 * Data sets that take the place of others.
 *
 * @module
 */
import { type DataPlan, runId, type RunPlan } from "./plan.ts";

/** Data and their stand-ins, which may have some in turn. */
function chainOf({ standIn, ...own }: DataPlan): DataPlan[] {
  return [own, ...standIn ? chainOf(standIn) : []];
}

/**
 * Plans on the data that are at hand: each on its own data set, or else on the
 * first of its stand-ins that is, if it names any. What is the same then is there once.
 *
 * @param plans As a study makes them.
 * @param isAtHand Whether a data set can be opened.
 * @param isOpen Whether a stand-in can; where neither can, the data set itself is
 * what will be fetched.
 */
export function withDataAtHand(
  plans: readonly RunPlan[],
  isAtHand: (dataset: string) => boolean,
  isOpen: (standIn: string) => boolean = () => true,
): RunPlan[] {
  const found = plans.map((plan) => {
    const [real, ...standIns] = chainOf(plan.training.data);
    if (standIns.length === 0) return plan;
    const data = isAtHand(real!.dataset)
      ? real!
      : standIns.find(({ dataset }) => isOpen(dataset)) ?? real!;
    return { ...plan, training: { ...plan.training, data } };
  });
  // Two data sets may have one stand-in.
  return [
    ...new Map(found.map((plan) => [`${runId(plan)} ${plan.arm}`, plan]))
      .values(),
  ];
}

/**
 * The plans that shipped runs may be of: on the real data, and on stand-ins, the first
 * of each, then the second where there is one.
 */
export function eitherData(plans: readonly RunPlan[]): RunPlan[][] {
  const chains = plans.map(({ training }) =>
    chainOf(training.data).map(({ dataset }) => dataset)
  );
  const deepest = Math.max(2, ...chains.map(({ length }) => length));
  return Array.from({ length: deepest }, (_, depth) => {
    const skipped = new Set(
      chains.flatMap((names) => names.slice(0, -1).slice(0, depth)),
    );
    return withDataAtHand(
      plans,
      (name) => !skipped.has(name),
      (name) => !skipped.has(name),
    );
  });
}
