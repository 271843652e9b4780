/**
 * Loss decay, figure 6: pix2pix.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import type { RunPlan } from "../plan.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { illustration, type Run, type StudyItem } from "../study.ts";
import {
  fixedRate,
  lateWeight,
  negativeWeight,
  weightedPlans,
} from "./arms.ts";
import { translationSettings } from "./dense_settings.ts";
import {
  byDataset,
  courseFigure,
  datasetOf,
  finalOf,
  intervalText,
  measuredTable,
  type Quantity,
  samplesFigure,
} from "./measured.ts";

const CONSTANT = "constant rate";
const WEIGHTED = "figure 4a's weight";
const NEGATIVE = "released weight, < 0 from half-way";

/** How far pictures are from those that belong to the inputs. */
const QUANTITIES: readonly Quantity[] = [
  {
    name: "error",
    title: "L1, levels of 255",
    factor: 255,
    digits: 2,
    more: false,
  },
  {
    name: "structuralSimilarity",
    title: "structural similarity",
    factor: 1,
    digits: 3,
    more: true,
  },
  {
    name: "histogramDistance",
    title: "histogram distance",
    factor: 1,
    digits: 3,
    more: false,
  },
];

/** A constant rate, with and without weights on the generator's loss. */
function plans(
  scale: Scale,
  seeds: number = translationSettings[scale].seeds,
): RunPlan[] {
  const { rate, trainings } = translationSettings[scale];
  const learningRate = fixedRate(rate);
  return trainings.flatMap((training) =>
    weightedPlans(training, {
      [CONSTANT]: { learningRate },
      [WEIGHTED]: { learningRate, gradientWeight: lateWeight },
      [NEGATIVE]: { learningRate, gradientWeight: negativeWeight },
    }, seeds)
  );
}

/** What a weight changes, in words: one sentence a quantity. */
function notes(runs: readonly Run[], weight: string): string[] {
  const arms = byArm(runs);
  const [plain, weighted] = [arms.get(CONSTANT)!, arms.get(weight)!];
  if (plain.size < 2) return [];
  return QUANTITIES.map((quantity) => {
    const { title, digits } = quantity;
    const of = finalOf(quantity);
    const { mean, low, high } = tInterval(
      pairedDifferences(weighted, plain, of),
    );
    return `${datasetOf(runs)}, ${title} (${
      quantity.more ? "more" : "less"
    } is better): ${
      intervalText(plain, of, digits)
    } at a constant rate; ${weight} changes it by ${mean.toFixed(digits)} [${
      low.toFixed(digits)
    }, ${high.toFixed(digits)}]`;
  });
}

/** Pictures, and how far they are from the truth. */
export const fig6: StudyItem = {
  item: "fig6",
  headline: false,
  plans,
  judge: (runs) => ({
    ...illustration(
      byDataset(runs).flatMap((own) => [
        ...notes(own, WEIGHTED),
        ...notes(own, NEGATIVE),
      ]),
    ),
    reason:
      'no claim that numbers decide: "clearer and more realistic" is an impression; distances to the true pictures are measured',
  }),
  figures: (runs) =>
    byDataset(runs).flatMap((own) => [
      ...samplesFigure(own, "Pictures that pix2pix makes"),
      measuredTable(
        own,
        QUANTITIES,
        "How far pix2pix's pictures are from the true ones",
      ),
      courseFigure(own, QUANTITIES[0]!),
    ]),
};
