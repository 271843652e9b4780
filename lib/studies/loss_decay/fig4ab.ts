/**
 * Loss decay, figures 4a and 4b: a new weight against a piecewise constant rate.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import {
  armMean,
  bestError,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { judge } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  fixedRate,
  lateWeight,
  negativeWeight,
  releasedRate,
  weightedPlans,
} from "./arms.ts";
import { difference, errorsOf, weightFigure } from "./courses.ts";
import {
  bestOf,
  type Method,
  methodArm,
  methodFigure,
  methodPlans,
} from "./methods.ts";
import { RATE, settings } from "./settings.ts";

/** The least gain that would be "about 1 %", in points of test error. */
const SMALLEST_EFFECT = 0.5;

const METHODS: readonly Method[] = ["figure 4a's weight", "piecewise rate"];
const RELEASED = "released code: figure 4a's weight, poly rate";
const NEGATIVE = "the 200-epoch scripts' weight";

/** Figure 4a's weight, as in the text, as in the code, and as it was misapplied. */
export const fig4ab: StudyItem = {
  item: "fig4ab",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { compared: training } = settings[scale];
    return [
      ...methodPlans(training, METHODS, scale, seeds),
      ...weightedPlans(training, {
        [RELEASED]: {
          learningRate: releasedRate(RATE),
          gradientWeight: lateWeight,
        },
        [NEGATIVE]: {
          learningRate: fixedRate(RATE),
          gradientWeight: negativeWeight,
        },
      }, seeds),
      ...linearPlans(training, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const weight = bestOf(arms, ["figure 4a's weight"], scale);
    const piecewise = bestOf(arms, ["piecewise rate"], scale);
    const at = (method: Method) => arms.get(methodArm(method, RATE))!;
    const [released, negative] = [arms.get(RELEASED)!, arms.get(NEGATIVE)!];
    return tested(
      judge(
        pairedDifferences(piecewise.chosen, weight.chosen, finalError("test")),
        SMALLEST_EFFECT,
      ),
      "points",
      `last test error of ${piecewise.name} minus that of ${weight.name}, rates chosen on the validation split, for each seed by the others`,
      [
        errorsOf(piecewise.name, piecewise.arm),
        errorsOf(weight.name, weight.arm),
        difference(
          piecewise.chosen,
          weight.chosen,
          "Piecewise rate minus figure 4a's weight, each at its rate",
        ),
        difference(
          at("piecewise rate"),
          at("figure 4a's weight"),
          `Both at the released code's ${RATE}`,
        ),
        errorsOf(RELEASED, released),
        difference(
          at("piecewise rate"),
          released,
          `Piecewise rate minus the released code's pair, both at ${RATE}`,
        ),
        `${NEGATIVE} is below 0 in the second half, where the loss is climbed: last test error ${
          armMean(negative, finalError("test")).toFixed(2)
        } %, best ${armMean(negative, bestError("test")).toFixed(2)} %`,
      ],
    );
  }),
  figures(runs, scale) {
    return [
      weightFigure(settings[scale].compared, {
        title: "The new weight, and what the 200-epoch scripts made of it",
        weights: {
          "figure 4a's weight": lateWeight,
          [NEGATIVE]: negativeWeight,
        },
      }),
      methodFigure(runs, byArm(runs), {
        title: "Test error with figure 4a's weight and a piecewise rate",
        methods: METHODS,
        scale,
      }),
      errorCurves(runs, {
        title: "Test error with what the released code does",
        names: [
          methodArm("figure 4a's weight", RATE),
          RELEASED,
          NEGATIVE,
        ],
        ordered: false,
      }),
    ];
  },
};
