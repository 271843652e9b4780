/**
 * The plans of rows and papers, on whichever data.
 *
 * @module
 */
import type { Paper, Scale } from "./catalogue.ts";
import { eitherData } from "./data_at_hand.ts";
import { distinct, type RunPlan } from "./plan.ts";
import { studyItem } from "./report_input.ts";
import type { StudyItem } from "./study.ts";

/** All plans of a row, further ones too; undefined where it is not built. */
export function allPlans(
  item: StudyItem,
  scale: Scale,
  seeds?: number,
): RunPlan[] | undefined {
  const plans = item.plans(scale, seeds);
  return plans && [...plans, ...item.further?.(scale, seeds) ?? []];
}

/**
 * The lists of plans of which one must be done for a row to be shown, the best
 * first: with further runs or without them, on real data or on stand-ins.
 */
export function alternativePlans(item: StudyItem, scale: Scale): RunPlan[][] {
  return [allPlans(item, scale), item.further && item.plans(scale)]
    .flatMap((plans) => plans ? eitherData(plans) : []);
}

/** Every plan that a run of a paper may be of, once. */
export function paperPlans({ name, rows }: Paper, scale: Scale): RunPlan[] {
  return distinct(rows.flatMap((row) => {
    const built = studyItem(name, row.item)?.studyItem;
    return built ? alternativePlans(built, scale).flat() : [];
  }));
}
