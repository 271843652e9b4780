/**
 * Adaptive rates: linear regression on the Boston housing data.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import { bandSeries } from "../charts.ts";
import { type Arm, byArm, pairedDifferences } from "../comparisons.ts";
import { costs } from "../costs.ts";
import { controlledPlans } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { BASIC, basicPlans, FLOAT64, secondOrder } from "./arms.ts";
import { armOf, intervalText, judgedParts } from "./findings.ts";
import { settings } from "./settings.ts";
import { judgedWhole } from "./whole.ts";

/** The rates of the authors' program, for inputs as they are in the file. */
const RATES = { basic: 1e-6, faster: 3e-6, adaptive: 0.01, least: 1e-7 };

const FASTER = `basic, η = ${RATES.faster}`;
const FLOAT32 = "adaptive, float32";
const NAMES = [BASIC, FASTER, FLOAT64, FLOAT32];

/** The least ratio of costs that would matter: 1.25. */
const SMALLEST_EFFECT = Math.log(1.25);

/** The rates on inputs that are drawn: of the order of one. */
const ratesAt = (scale: Scale) =>
  scale === "smoke"
    ? { basic: 0.01, faster: 0.03, adaptive: 0.01, least: 1e-7 }
    : RATES;

/** log of the training loss at the end; that before the first step if it diverged. */
function endLoss({ status, evaluation }: Run): number {
  return Math.log(evaluation.train!.loss.at(status === "diverged" ? 0 : -1)!);
}

const lossSeries = (name: string, arm: Arm, x: (run: Run) => number[]) => {
  const runs = [...arm.values()];
  const longest = runs.reduce((a, b) =>
    b.evaluatedEpochs.length > a.evaluatedEpochs.length ? b : a
  );
  const at = x(longest);
  return bandSeries(name, {
    x: at,
    runs: runs.map(({ evaluation }) =>
      at.map((_, i) => Math.log10(evaluation.train!.loss[i] ?? NaN))
    ),
  });
};

/** Full-batch regression with and without the rule. */
export const boston: StudyItem = {
  item: "boston",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { linear } = settings[scale];
    const { basic, faster, adaptive, least: minimum } = ratesAt(scale);
    return [
      ...basicPlans(linear, basic, seeds),
      ...basicPlans(linear, faster, seeds, FASTER),
      ...controlledPlans(linear, {
        [FLOAT64]: secondOrder(adaptive, { minimum, precision: "float64" }),
        [FLOAT32]: secondOrder(adaptive, { minimum }),
      }, seeds),
    ];
  },
  judge: judgedWhole((runs) => {
    const arms = byArm(runs);
    const against = (other: string, name: string) =>
      pairedDifferences(armOf(arms, other), armOf(arms, name), endLoss);
    return judgedParts(
      [{
        name:
          "log of the training loss after as many steps, basic minus adaptive (float64, the arithmetic of the authors' program)",
        differences: against(BASIC, FLOAT64),
        smallestEffect: SMALLEST_EFFECT,
      }],
      "log ratio",
      [
        `In float32: ${intervalText(against(BASIC, FLOAT32))}`,
        `A fixed rate of ${RATES.faster} instead of ${RATES.basic}: basic minus that, ${
          intervalText(against(BASIC, FASTER))
        }; that minus adaptive, ${intervalText(against(FASTER, FLOAT64))}`,
        "On a quadratic the rule is Barzilai and Borwein's long step, whose loss is not monotone",
        "Data: 404 of 506 rows as they are in the file; the authors took the first 400, and added the intercept as a column",
        "These data were withdrawn from scikit-learn in version 1.2: one of the thirteen columns is a function of the share of Black residents, made on the premise that segregation raises prices, and the study that they are from does not support its conclusions. They are used here because the paper's row is about them, and only to follow a loss",
      ],
    );
  }),
  figures(runs) {
    const arms = byArm(runs);
    const caption =
      "Base-10 logarithm of the training loss, half the mean squared error. Means over initial weights; bands: 95 % t intervals.";
    const figure = (
      title: string,
      x: string,
      of: (run: Run) => number[],
    ) => ({
      caption,
      figure: lineFigure({
        title,
        caption,
        x: { title: x },
        y: { title: "log₁₀ of the training loss" },
        series: NAMES.filter((name) => arms.has(name)).map((name) =>
          lossSeries(name, arms.get(name)!, of)
        ),
      }),
    });
    return [
      figure("Linear regression", "step", (run) => run.evaluatedEpochs),
      figure(
        "Linear regression at equal cost",
        "forward-pass equivalents",
        costs,
      ),
    ];
  },
};
