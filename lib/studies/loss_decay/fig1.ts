/**
 * Loss decay, figure 1: deep plain networks, normal training against loss decay.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import {
  type Arm,
  armMean,
  bestError,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { intervalText as asText } from "../interval_text.ts";
import { judge, together, type Verdict } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { LEAST, LINEAR_ARM, linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { difference, errorsOf } from "./courses.ts";
import {
  armsOf,
  best,
  methods,
  networkName,
  networkPlans,
  variantsOf,
} from "./fig1_arms.ts";
import { type PlainSettings, settings } from "./settings.ts";

/** "More obvious with depth": the least growth of the difference, in points. */
const SMALLEST_GROWTH = 1;

/** A part of the claim, judged. */
type Part = { name: string } & ReturnType<typeof judge>;

/** Normal training's last error minus that of loss decay, one number a seed. */
function gaps(arms: ReadonlyMap<string, Arm>, network: PlainSettings) {
  return pairedDifferences(
    best(arms, network, "normal").chosen,
    best(arms, network, "loss decay").chosen,
    finalError("test"),
  );
}

/**
 * The claim's parts for networks of two depths: normal training never gets below an
 * error that counts as trained, loss decay does, and the difference grows.
 */
function partsOf(
  arms: ReadonlyMap<string, Arm>,
  networks: readonly [PlainSettings, PlainSettings],
  trained: number,
): Part[] {
  const above = (runs: Arm, sign: 1 | -1) =>
    judge(
      [...runs.values()].map((run) =>
        sign * (bestError("test")(run) - trained)
      ),
      0,
    );
  const [shallow, deep] = networks.map((network) => gaps(arms, network)) as [
    number[],
    number[],
  ];
  return [
    ...networks.flatMap((network) => {
      const name = networkName(network.training);
      return [
        {
          name: `${name}: normal training does not train`,
          ...above(best(arms, network, "normal").chosen, 1),
        },
        {
          name: `${name}: loss decay does`,
          ...above(best(arms, network, "loss decay").chosen, -1),
        },
      ];
    }),
    {
      name: "the difference grows with depth",
      ...judge(deep.map((gap, i) => gap - shallow[i]!), SMALLEST_GROWTH),
    },
  ];
}

/** It holds if it holds for one kind of network, and fails if it fails for both. */
function either(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("reproduced")) return "reproduced";
  return verdicts.every((verdict) => verdict === "contradicted")
    ? "contradicted"
    : "inconclusive";
}

/** What the methods come to in one network. */
function networkNotes(
  arms: ReadonlyMap<string, Arm>,
  network: PlainSettings,
  trained: number,
): string[] {
  const found = methods.map((method) => best(arms, network, method));
  const [normal, decayed, annealed] = found.map(({ chosen }) => chosen) as [
    Arm,
    Arm,
    Arm,
  ];
  return [
    ...found.map(({ name, arm }) => {
      const own = [...arm.values()];
      const count = own.filter((run) => bestError("test")(run) < trained);
      return `${
        errorsOf(name, arm)
      }; ${count.length} of ${own.length} runs ever train`;
    }),
    difference(
      normal,
      decayed,
      `${networkName(network.training)}, normal minus loss decay`,
    ),
    difference(
      annealed,
      decayed,
      `${networkName(network.training)}, rate 2η → 0 minus loss decay`,
    ),
  ];
}

/** Plain networks of two depths, with and without batch normalisation. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...Object.values(variantsOf(scale)).flat().flatMap((network) =>
      networkPlans(network, seeds)
    ),
    ...linearPlans(settings[scale].plain[0].training, seeds),
  ],
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const trained = armMean(arms.get(LINEAR_ARM)!, finalError("test")) -
      LEAST.pointsAboveLinear;
    const variants = Object.entries(variantsOf(scale)).map((
      [name, networks],
    ) => {
      const parts = partsOf(arms, networks, trained);
      const verdict = together(parts.map(({ verdict }) => verdict));
      const p = Math.max(...parts.map(({ p }) => p));
      return { name, networks, parts, verdict, p };
    });
    const told = variants.find(({ verdict }) => verdict === "reproduced") ??
      variants[0]!;
    const deep = told.networks[1];
    return tested(
      {
        verdict: either(variants.map(({ verdict }) => verdict)),
        interval: judge(gaps(arms, deep), 0).interval,
        // Either kind would do: each has half of the chance of an error.
        p: Math.min(
          1,
          variants.length * Math.min(...variants.map(({ p }) => p)),
        ),
      },
      "points",
      `${
        networkName(deep.training)
      }: last test error of normal training minus that of loss decay, each at its rate from the validation split, for each seed by the others. "Trains" means a test error under ${
        trained.toFixed(1)
      } % in any epoch, ${LEAST.pointsAboveLinear} points below a linear model; the paper does not say whether its networks are normalised, and either kind decides`,
      variants.flatMap(({ name, parts, verdict, networks }) => [
        `Networks ${name}: ${verdict}`,
        ...parts.map((part) =>
          `${part.name}: ${part.verdict}, ${asText(part.interval)} points`
        ),
        ...networks.flatMap((network) => networkNotes(arms, network, trained)),
      ]),
    );
  }),
  figures: (runs: readonly Run[], scale) =>
    Object.values(variantsOf(scale)).flat().map((network) =>
      errorCurves(runs, {
        title: `A plain network of ${networkName(network.training)}`,
        names: methods.flatMap((method) => armsOf(network, method)),
        ordered: false,
      })
    ),
};
