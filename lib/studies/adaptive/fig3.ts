/**
 * Adaptive rates, figure 3: the learning rates of figures 1 and 2.
 *
 * @module
 */
import { byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { ADAPTIVE, RELEASED, secondOrder } from "./arms.ts";
import { rateFigure } from "./charts.ts";
import { armOf, intervalText, judgedParts } from "./findings.ts";
import { HIGH } from "./fig2.ts";
import { deviation, endRate, isLost, logRates, mean } from "./measures.ts";
import { settings, withFourUpdates } from "./settings.ts";

/** The least rise or fall of η that would matter: 10 %, as a logarithm. */
const MOVED = Math.log(1.1);

/** The least growth of its variation that would matter, as a logarithm. */
const RESTLESS = Math.log(1.1);

const onLenet = (name: string) => `LeNet, ${name}`;
const onResnet = (name: string) => `ResNet-18, ${name}`;

/** log η over the first quarter of the epochs, the middle half and the last quarter. */
function stages(run: Run): [first: number, middle: number, last: number] {
  const rates = logRates(run);
  const quarter = Math.max(1, Math.floor(rates.length / 4));
  const end = Math.max(quarter + 1, rates.length - quarter);
  return [
    mean(rates.slice(0, quarter)),
    mean(rates.slice(quarter, end)),
    mean(rates.slice(-quarter)),
  ];
}

/** How far the middle is above the beginning. */
function rise(run: Run): number {
  const [first, middle] = stages(run);
  return middle - first;
}

/** How far the middle is above the end. */
function fall(run: Run): number {
  const [, middle, last] = stages(run);
  return middle - last;
}

/** How far the first epoch is above the end. */
const descent = (run: Run): number => logRates(run)[0]! - endRate(run);

/** Variation of log η over the last quarter of the epochs minus over the quarter before. */
function unrest(run: Run): number {
  const rates = logRates(run);
  const quarter = Math.max(1, Math.floor(rates.length / 4));
  return deviation(rates.slice(-quarter)) -
    deviation(rates.slice(-2 * quarter, -quarter));
}

/** A quantity of each run; a lost one shows nothing. */
const each = (runs: Iterable<Run>, quantity: (run: Run) => number) =>
  [...runs].map((run) => isLost(run) ? 0 : quantity(run));

/** The rates of the rule, and of the released program, on both networks. */
export const fig3: StudyItem = {
  item: "fig3",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { lenet, lenetRate, resnet } = settings[scale];
    return ([[onLenet, lenet, lenetRate], [onResnet, resnet, HIGH]] as const)
      .flatMap(([named, training, rate]) => [
        ...controlledPlans(
          training,
          { [named(ADAPTIVE)]: secondOrder(rate) },
          seeds,
        ),
        ...controlledPlans(withFourUpdates(training), {
          [named(RELEASED)]: { kind: "aliasedSecondOrder", initial: rate },
        }, seeds),
      ]);
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const of = (name: string, quantity: (run: Run) => number) =>
      each(armOf(arms, name).values(), quantity);
    const lenet = onLenet(ADAPTIVE);
    const resnet = onResnet(ADAPTIVE);
    return judgedParts(
      [
        {
          name:
            "LeNet: mean log η of the middle half of the epochs minus that of the first quarter",
          differences: of(lenet, rise),
          smallestEffect: MOVED,
        },
        {
          name: "LeNet: the same minus that of the last quarter",
          differences: of(lenet, fall),
          smallestEffect: MOVED,
        },
        {
          name: "ResNet-18: log η of the first epoch minus that at the end",
          differences: of(resnet, descent),
          smallestEffect: MOVED,
        },
        {
          name:
            "ResNet-18: deviation of log η, last quarter of the epochs minus the quarter before",
          differences: of(resnet, unrest),
          smallestEffect: RESTLESS,
        },
      ],
      "log ratio",
      [
        ...[RELEASED].flatMap((name) => [
          `Released program, LeNet: rise ${
            intervalText(of(onLenet(name), rise))
          }, fall ${intervalText(of(onLenet(name), fall))}`,
          `Released program, ResNet-18: descent ${
            intervalText(of(onResnet(name), descent))
          }, unrest ${intervalText(of(onResnet(name), unrest))}`,
        ]),
        `LeNet: log of the end rate, adaptive minus the released program's, ${
          intervalText(pairedDifferences(
            armOf(arms, lenet),
            armOf(arms, onLenet(RELEASED)),
            endRate,
          ))
        }`,
      ],
    );
  }),
  figures: (runs) => [
    rateFigure(runs, {
      title: "Learning rates",
      names: [onLenet, onResnet].flatMap((named) =>
        [ADAPTIVE, RELEASED].map(named)
      ),
    }),
  ],
};
