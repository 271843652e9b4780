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

/** Plans on data of each plan's choice. What is the same then is there once. */
function onData(
  plans: readonly RunPlan[],
  choose: (real: DataPlan, standIns: DataPlan[]) => DataPlan,
): RunPlan[] {
  const found = plans.map((plan) => {
    const [real, ...standIns] = chainOf(plan.training.data);
    if (standIns.length === 0) return plan;
    const data = choose(real!, standIns);
    return { ...plan, training: { ...plan.training, data } };
  });
  // Two data sets may have one stand-in.
  return [
    ...new Map(found.map((plan) => [`${runId(plan)} ${plan.arm}`, plan]))
      .values(),
  ];
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
  return onData(
    plans,
    (real, standIns) =>
      isAtHand(real.dataset)
        ? real
        : standIns.find(({ dataset }) => isOpen(dataset)) ?? real,
  );
}

/**
 * The plans that runs may have been made of: on the real data, and with stand-ins for
 * some of the data sets or for all of them, the real data first.
 */
export function eitherData(plans: readonly RunPlan[]): RunPlan[][] {
  const depths = new Map<string, number>();
  for (const { training: { data } } of plans) {
    const depth = depths.get(data.dataset) ?? 1;
    depths.set(data.dataset, Math.max(depth, chainOf(data).length));
  }
  // How far down its chain each data set is looked for.
  let choices = [new Map<string, number>()];
  for (const [name, depth] of depths) {
    choices = choices.flatMap((choice) =>
      Array.from({ length: depth }, (_, i) => new Map(choice).set(name, i))
    );
  }
  const replaced = (choice: Map<string, number>) =>
    choice.values().reduce((sum, depth) => sum + depth, 0);
  return choices.sort((a, b) => replaced(a) - replaced(b)).map((choice) =>
    onData(plans, (real, standIns) => {
      const depth = Math.min(choice.get(real.dataset)!, standIns.length);
      return [real, ...standIns][depth]!;
    })
  );
}
