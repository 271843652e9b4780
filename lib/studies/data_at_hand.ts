/**
 * Data sets that take the place of others.
 *
 * @module
 */
import { runId, type RunPlan } from "./plan.ts";

/**
 * Plans on the data that are at hand: each on its own data set, or else on its
 * stand-in, if it names one. What is the same then is there once.
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
    const { standIn, ...real } = plan.training.data;
    if (standIn === undefined) return plan;
    const data = isAtHand(real.dataset) || !isOpen(standIn.dataset)
      ? real
      : standIn;
    return { ...plan, training: { ...plan.training, data } };
  });
  // Two data sets may have one stand-in.
  return [
    ...new Map(found.map((plan) => [`${runId(plan)} ${plan.arm}`, plan]))
      .values(),
  ];
}

/**
 * The plans that runs may have been made of: on the real data, and with stand-ins for
 * some of the data sets or for all of them, those with fewest stand-ins first.
 */
export function eitherData(plans: readonly RunPlan[]): RunPlan[][] {
  const replaceable = [
    ...new Set(
      plans.flatMap(({ training: { data } }) =>
        data.standIn === undefined ? [] : [data.dataset]
      ),
    ),
  ];
  // Subsets of the data sets that stand-ins take the place of.
  const replaced = replaceable.reduce<string[][]>(
    (subsets, name) => [
      ...subsets,
      ...subsets.map((subset) => [...subset, name]),
    ],
    [[]],
  ).sort((a, b) => a.length - b.length);
  return replaced.map((names) =>
    withDataAtHand(plans, (name) => !names.includes(name))
  );
}
