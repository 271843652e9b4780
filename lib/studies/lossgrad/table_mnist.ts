/**
 * LOSSGRAD, the MNIST table: a multi-layer perceptron.
 *
 * @module
 */
import { armMean, byArm } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import { jointly, judge } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import {
  extraPlans,
  LOSSGRAD,
  lossgradSpec,
  methodArm,
  methodPlans,
} from "./arms.ts";
import { finalLoss, leastLoss, rateAtSpikes, spikes } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";
import { lossAndRateFigure } from "./spike_figure.ts";

/** The least number of spikes a run that is "the occurrence of spikes". */
const SMALLEST_COUNT = 1;

/** The least factor of a peak of the step size. */
const SMALLEST_PEAK = Math.log(1.05);

const METHODS = ["SGD", "WNGrad"] as const;

/** What is said where too few runs are left. */
const lostFinding: Finding = {
  measured: { value: null, interval: null },
  verdict: "inconclusive",
  reason: "fewer than two runs of LOSSGRAD that did not diverge",
  notes: [],
};

function judgeSpikes(runs: readonly Run[]): Finding {
  const arms = byArm(runs);
  const all = [...arms.get(LOSSGRAD)!.values()];
  // Spikes are followed by recoveries: a loss that explodes for good is none.
  const finished = all.filter(({ status }) => status === "done");
  const lost = all.length - finished.length;
  if (finished.length < 2) return lostFinding;
  const count = judge(
    finished.map((run) => spikes(run).length),
    SMALLEST_COUNT,
  );
  const peaks = finished.map(rateAtSpikes).filter((ratio) =>
    ratio !== undefined
  );
  const peak = peaks.length > 1 ? judge(peaks, SMALLEST_PEAK) : undefined;
  const ratio = (value: number) => Math.exp(value).toFixed(3);
  return tested(
    { ...count, ...jointly([count, ...peak ? [peak] : []]) },
    "spikes a run",
    "a spike: the loss of a recorded batch above three times the median of the thirty before and above a fifth of the first loss; the claim also wants the step size before spikes above the median of those around",
    [
      ...lost > 0
        ? [
          `${lost} of ${all.length} runs of LOSSGRAD diverged and are not counted: their loss did not come back`,
        ]
        : [],
      "Losses of batches are kept for runs with a controller alone, every fourth one: spikes of a batch or two may be missed, and there is no count for SGD to compare with",
      peak
        ? `Step size before a spike over the median of those around: ${
          ratio(peak.interval.mean)
        } [${ratio(peak.interval.low)}, ${
          ratio(peak.interval.high)
        }], over ${peaks.length} runs with spikes (${peak.verdict})`
        : `${peaks.length} of ${finished.length} runs have spikes: too few to say where the step size is`,
      ...[...arms].map(([name, one]) =>
        `${name}: last test loss ${armMean(one, finalLoss("test")).toFixed(4)}${
          [...one.values()][0]!.control
            ? `, ${
              armMean(one, (run) => spikes(run).length).toFixed(1)
            } spikes a run`
            : ""
        }`
      ),
    ],
  );
}

/** LOSSGRAD on MNIST beside SGD, WNGrad and others. */
export const tableMnist: StudyItem = {
  item: "table-mnist",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { mlp, mlpRates } = settings[scale];
    return [
      ...methodPlans(mlp, METHODS, mlpRates, seeds),
      ...controlledPlans(mlp, { [LOSSGRAD]: lossgradSpec() }, seeds),
      ...extraPlans(mlp, seeds),
    ];
  },
  judge: judgedAt(judgeSpikes),
  figures(runs, scale) {
    const arms = byArm(runs);
    const best = METHODS.map((method) =>
      leastLoss(
        arms,
        settings[scale].mlpRates.map((rate) => methodArm(method, rate)),
      ).name
    );
    const names = [...best, LOSSGRAD];
    return [
      resultTable(runs, { title: "An MLP on digits" }),
      lossFigure(runs, { title: "Test loss of an MLP", names }),
      ...lossAndRateFigure(arms.get(LOSSGRAD)!, "One run of the MLP"),
      rateFigure(runs, {
        title: "Step sizes of an MLP",
        names: [LOSSGRAD],
        batches: Infinity,
      }),
    ];
  },
};
