/**
 * Adaptive rates: the rows that the paper leaves empty. They are measured; there is
 * no claim to judge.
 *
 * @module
 */
import type { ControllerSpec } from "../../controllers/controller.ts";
import type { Scale } from "../catalogue.ts";
import { type Arm, armMean, byArm, pairedDifferences } from "../comparisons.ts";
import {
  controlledPlans,
  type OptimizerSpec,
  pairedPlans,
  type RunPlan,
  type TrainingPlan,
} from "../plan.ts";
import { type Finding, illustration, type StudyItem } from "../study.ts";
import {
  ADAPTIVE,
  BASIC,
  basicPlans,
  comparedPlans,
  secondOrder,
} from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import { armOf, equalCostNotes, intervalText } from "./findings.ts";
import { HIGH } from "./fig2.ts";
import { lastError } from "./measures.ts";
import { settings } from "./settings.ts";
import { unlearned } from "./unlearned.ts";

/** A row that is only measured. */
interface Unclaimed {
  item: string;
  title: string;
  /** Its arms; the first is the one that the others are compared with. */
  names: readonly [string, ...string[]];
  plans(scale: Scale, seeds: number): RunPlan[];
  /** Arms that are compared at the cost of the basic method, if it is one. */
  equalCost?: readonly string[];
  /** Why nothing is judged. */
  reason?: (dataset: string) => string | undefined;
}

/** The last test errors, and their differences from the first arm's. */
function measured(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): string[] {
  const [first] = names;
  return names.map((name) => {
    const arm = armOf(arms, name);
    const text = `${name}: last test error ${
      armMean(arm, lastError).toFixed(2)
    } %`;
    return name === first || arm.size < 2
      ? text
      : `${text}; ${first} minus it, ${
        intervalText(pairedDifferences(armOf(arms, first!), arm, lastError))
      } points`;
  });
}

function unclaimed(
  { item, title, names, plans, equalCost = [], reason }: Unclaimed,
): StudyItem {
  return {
    item,
    headline: false,
    plans: (scale, seeds = settings[scale].seeds) => plans(scale, seeds),
    judge(runs): Finding {
      const arms = byArm(runs);
      const { dataset } = runs[0]!.plan.training.data;
      const several = armOf(arms, names[0]).size > 1;
      const finding = illustration([
        ...measured(arms, names),
        ...names.flatMap((name) => unlearned(name, armOf(arms, name))),
        ...several ? equalCostNotes(arms, equalCost) : [],
      ]);
      return { ...finding, reason: reason?.(dataset) ?? finding.reason };
    },
    figures: (runs) => [
      courseFigure(runs, { title, names }),
      rateFigure(runs, { title: `${title}: learning rates`, names }),
    ],
  };
}

/** A rule on a training, under a name. */
function rule(
  training: TrainingPlan,
  name: string,
  controller: ControllerSpec,
  seeds: number,
): RunPlan[] {
  return controlledPlans(training, { [name]: controller }, seeds);
}

/** The rate on the data with a hundred classes, of the authors' report. */
const HUNDRED_RATE = 0.02;

/** ResNet-18 on CIFAR-100. */
export const cifar100: StudyItem = unclaimed({
  item: "cifar100",
  title: "ResNet-18, a hundred classes",
  names: [BASIC, ADAPTIVE],
  equalCost: [ADAPTIVE],
  plans: (scale, seeds) =>
    comparedPlans(settings[scale].hundred, HUNDRED_RATE, seeds),
  reason: (dataset) =>
    dataset === "cifar-100"
      ? undefined
      : `stand-in data: ${dataset} for CIFAR-100`,
});

/** ResNet-18 with another optimizer. */
const optimizedBy = (training: TrainingPlan, optimizer: OptimizerSpec) => ({
  ...training,
  optimizer,
});

const momentum = { kind: "momentum", momentum: 0.9 };
const BASIC_MOMENTUM = "basic, momentum 0.9";
const ADAPTIVE_MOMENTUM = "adaptive, momentum 0.9";
const RATE_MOMENTUM = "adaptive, momentum 0.9 of η";

/** Momentum of the weights, and of the rate. */
export const section52: StudyItem = unclaimed({
  item: "section5-2",
  title: "ResNet-18 with momentum",
  names: [BASIC_MOMENTUM, ADAPTIVE_MOMENTUM, RATE_MOMENTUM],
  plans(scale, seeds) {
    const { brief } = settings[scale];
    const moving = optimizedBy(brief, momentum);
    return [
      ...basicPlans(moving, HIGH, seeds, BASIC_MOMENTUM),
      ...rule(moving, ADAPTIVE_MOMENTUM, secondOrder(HIGH), seeds),
      ...rule(
        brief,
        RATE_MOMENTUM,
        secondOrder(HIGH, { momentum: 0.9 }),
        seeds,
      ),
    ];
  },
});

const ON_VALIDATION = "adaptive, losses of validation examples";

/** The losses along the step on other examples than the step's. */
export const section53: StudyItem = unclaimed({
  item: "section5-3",
  title: "Losses of validation examples",
  names: [BASIC, ADAPTIVE, ON_VALIDATION],
  equalCost: [ADAPTIVE, ON_VALIDATION],
  plans(scale, seeds) {
    const { brief } = settings[scale];
    return [
      ...comparedPlans(brief, HIGH, seeds),
      ...rule(
        { ...brief, lineOn: "validation" },
        ON_VALIDATION,
        secondOrder(HIGH),
        seeds,
      ),
    ];
  },
});

const ADAM = "Adam, η = 0.001";

/** Adam at its usual rate, as the paper says (the authors' report: 0.1). */
export const section54: StudyItem = unclaimed({
  item: "section5-4",
  title: "Against Adam",
  names: [BASIC, ADAPTIVE, ADAM],
  equalCost: [ADAPTIVE, ADAM],
  plans(scale, seeds) {
    const { brief } = settings[scale];
    return [
      ...comparedPlans(brief, HIGH, seeds),
      ...pairedPlans(
        optimizedBy(brief, { kind: "adam" }),
        { [ADAM]: { kind: "constant", value: 0.001 } },
        seeds,
      ),
    ];
  },
});

const SECANT = "secant";

/** A quasi-Newton step on the rate, for section 3.3. */
export const section33: StudyItem = unclaimed({
  item: "section3-3",
  title: "LeNet: the secant on the learning rate",
  names: [BASIC, ADAPTIVE, SECANT],
  equalCost: [ADAPTIVE, SECANT],
  plans(scale, seeds) {
    const { lenet, lenetRate } = settings[scale];
    return [
      ...comparedPlans(lenet, lenetRate, seeds),
      ...rule(
        lenet,
        SECANT,
        { kind: "secant", initial: lenetRate },
        seeds,
      ),
    ];
  },
});
