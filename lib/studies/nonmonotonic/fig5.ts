/**
 * Nonmonotonic schedules, figure 5: learning rate, gradient norm and errors over
 * training, for two models and four ways to set the rate.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import type { Scale } from "../catalogue.ts";
import { bandSeries, epochCurve, errorCurve } from "../charts.ts";
import {
  type Arm,
  armMean,
  byArm,
  chosenOnValidation,
  finalError,
} from "../comparisons.ts";
import { pairedPlans, type RunPlan, type TrainingPlan } from "../plan.ts";
import { judge, together } from "../statistics.ts";
import {
  type CaptionedFigure,
  type Run,
  type StudyItem,
  tested,
} from "../study.ts";
import { linearPlans, obstacleOfEach } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { gradientCourse } from "./gradient_course.ts";
import { schedules, settings, withRmsprop } from "./settings.ts";

/** The least of the rank correlation, below 0, that is a gradual decrease. */
const LEAST_DECREASE = 0.5;

/** The least fall of the gradient norm that would matter: 10 %, as a logarithm. */
const SMALLEST_EFFECT = Math.log(1.1);

const MODELS = ["small", "large"] as const;
type Model = typeof MODELS[number];
const METHODS = ["step", "rational", "Gaussian", "RMSprop"] as const;
type Method = typeof METHODS[number];

const arm = (model: Model, method: Method, rate: number) =>
  `${model} model, ${method}, ${rate}`;

const ratesOf = (method: Method, scale: Scale) =>
  method === "RMSprop" ? settings[scale].rmspropRates : settings[scale].rates;

function methodPlans(
  model: Model,
  training: TrainingPlan,
  method: Method,
  scale: Scale,
  seeds: number,
): RunPlan[] {
  const used = method === "RMSprop" ? withRmsprop(training) : training;
  const spec = (rate: number) =>
    method === "RMSprop"
      ? { kind: "constant", value: rate }
      : schedules[method](training, rate);
  return pairedPlans(
    used,
    Object.fromEntries(
      ratesOf(method, scale).map((
        rate,
      ) => [arm(model, method, rate), spec(rate)]),
    ),
    seeds,
  );
}

/** The model that a run is of. */
const modelOf = ({ plan }: Run) => plan.arm.split(",")[0]!;

/** The rate that suits a method best, on the validation split. */
function best(
  runs: readonly Run[],
  model: Model,
  method: Method,
  scale: Scale,
): Arm {
  const arms = byArm(runs);
  const names = ratesOf(method, scale).map((rate) => arm(model, method, rate));
  return arms.get(chosenOnValidation(arms, names))!;
}

function panels(
  runs: readonly Run[],
  model: Model,
  scale: Scale,
): CaptionedFigure {
  const arms = METHODS.map((method) =>
    [method, best(runs, model, method, scale)] as const
  );
  const epochs = { title: "epoch" };
  const caption =
    `Each method at the rate that suits it on the validation split. Means over seeds; bands: 95 % t intervals. Gradient norms are means over the recorded batches of an epoch.`;
  const curves = (quantity: "learningRate" | "gradientNorm") =>
    arms.map(([method, a]) => bandSeries(method, epochCurve(a, quantity)));
  const errors = (split: string) =>
    arms.map(([method, a]) => bandSeries(method, errorCurve(a, split)));
  return {
    caption,
    figure: panelFigure({
      title: `Learning rate, gradient norm and errors: ${model} model`,
      caption,
      panels: [
        lineFigure({
          title: "learning rate",
          x: epochs,
          y: { title: "learning rate", scale: "log" },
          series: curves("learningRate"),
        }),
        lineFigure({
          title: "gradient norm",
          x: epochs,
          y: { title: "‖g‖" },
          series: curves("gradientNorm"),
        }),
        lineFigure({
          title: "training error",
          x: epochs,
          y: { title: "error", unit: "%" },
          series: errors("train"),
        }),
        lineFigure({
          title: "validation error",
          x: epochs,
          y: { title: "error", unit: "%" },
          series: errors("validation"),
        }),
      ],
    }),
  };
}

/** Rate, gradient norm and errors. */
export const fig5: StudyItem = {
  item: "fig5",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    return [
      ...MODELS.flatMap((model) =>
        METHODS.flatMap((method) =>
          methodPlans(model, settings[scale][model], method, scale, seeds)
        )
      ),
      ...linearPlans(settings[scale].small, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const parts = MODELS.flatMap((model) => {
      const runsOfModel = [...best(runs, model, "Gaussian", scale).values()];
      const courses = runsOfModel.map(gradientCourse);
      return [
        {
          name:
            `${model} model: the gradient norm peaks before the rate (share of the training)`,
          ...judge(courses.map(({ beforeMiddle }) => beforeMiddle), 0.1),
        },
        {
          name: `${model} model: it has fallen when the rate peaks (log ratio)`,
          ...judge(courses.map(({ fall }) => fall), SMALLEST_EFFECT),
        },
        {
          name:
            `${model} model: it decreases from its peak to the rate's (minus the rank correlation with the epoch)`,
          ...judge(courses.map(({ decrease }) => decrease), LEAST_DECREASE),
        },
      ];
    });
    const shown = parts[1]!;
    const errors = MODELS.flatMap((model) =>
      METHODS.map((method) =>
        `${model} model, ${method}: last test error ${
          armMean(best(runs, model, method, scale), finalError("test")).toFixed(
            2,
          )
        } %`
      )
    );
    return tested(
      {
        verdict: together(parts.map(({ verdict }) => verdict)),
        interval: shown.interval,
        p: Math.max(...parts.map(({ p }) => p)),
      },
      "log ratio",
      "small model: gradient norm early (its largest in the first quarter) over that at the rate's peak, norms being means of those of the recorded mini-batches of an epoch; the claim has six parts",
      [
        ...parts.map(({ name, verdict, interval }) =>
          `${name}: ${verdict}, ${interval.mean.toFixed(3)} [${
            interval.low.toFixed(3)
          }, ${interval.high.toFixed(3)}]`
        ),
        ...errors,
      ],
    );
  }, obstacleOfEach(modelOf)),
  figures: (runs, scale) => MODELS.map((model) => panels(runs, model, scale)),
};
