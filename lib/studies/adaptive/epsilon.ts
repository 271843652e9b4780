/**
 * Adaptive rates, section 6.1: the ε of the finite differences.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, finalError, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import type { StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { armCourse } from "./arm_course.ts";
import { secondOrder } from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import { armOf, judgedParts } from "./findings.ts";
import { settings } from "./settings.ts";

/** The paper's ε. */
const EPSILON = 1e-5;

/** The least harm of a bad ε that would count as divergence, in points. */
const DIVERGED = 10;

const epsilonArm = (epsilon: number) => `ε = ${epsilon.toExponential()}`;

/** The larger ε with the paper's text: negative rates are taken as they come. */
const allowedArm = (epsilon: number) =>
  `${epsilonArm(epsilon)}, negative rates allowed`;

/** All arms at a scale. */
const epsilonArms = (scale: Scale) => [
  ...epsilonsAt(scale).map(epsilonArm),
  allowedArm(settings[scale].epsilons[1]),
];

const epsilonsAt = (scale: Scale) => {
  const [least, most] = settings[scale].epsilons;
  return [least, EPSILON, most];
};

/** ε from too small to too large. */
export const section61: StudyItem = {
  item: "section6-1",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { lenet, lenetRate, epsilons: [, epsilon] } = settings[scale];
    return controlledPlans(
      lenet,
      {
        ...Object.fromEntries(
          epsilonsAt(scale).map((epsilon) => [
            epsilonArm(epsilon),
            // The default is left out: the run is figure 1's.
            secondOrder(lenetRate, epsilon === EPSILON ? {} : { epsilon }),
          ]),
        ),
        [allowedArm(epsilon)]: secondOrder(lenetRate, {
          epsilon,
          negative: "allow",
        }),
      },
      seeds,
    );
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const paper = armOf(arms, epsilonArm(EPSILON));
    const [least, most] = settings[scale].epsilons;
    const harm = (name: string) => ({
      name: `last test error, ${name} minus ${epsilonArm(EPSILON)}, points`,
      differences: pairedDifferences(
        armOf(arms, name),
        paper,
        finalError("test"),
      ),
      smallestEffect: DIVERGED,
    });
    return judgedParts(
      [harm(epsilonArm(least)), harm(epsilonArm(most)), harm(allowedArm(most))],
      "points",
      [
        ...epsilonArms(scale).map((name) => armCourse(name, armOf(arms, name))),
        "A negative rate becomes 1e-6, as in the released program, unless it is allowed, as in the paper's text",
      ],
    );
  }),
  figures(runs, scale) {
    const names = epsilonArms(scale);
    return [
      courseFigure(runs, { title: "LeNet with several ε", names }),
      rateFigure(runs, { title: "Learning rates with several ε", names }),
    ];
  },
};
