/**
 * What a report says in sentences, on a terminal and on its page alike.
 *
 * @module
 */
import { short } from "./format.ts";
import { metrics } from "./measurement.ts";
import type {
  ModelReport,
  PairedDirections,
  RescalingTest,
  SelfChecks,
} from "./report.ts";

/** From which own error on the check of a Hessian product says nothing. */
const USELESS = 0.1;

function hessianSentence(difference: number, pair: number): string {
  return pair > USELESS
    ? `A Hessian product with free switches is no check here: it crosses kinks, and two steps of it differ by ${
      short(pair)
    } of themselves.`
    : `A Hessian product against one with free switches: a relative difference of ${
      short(difference)
    }, where the check itself is good to ${short(pair)}.`;
}

/** The self-checks. */
export function checkSentences(checks: SelfChecks): string[] {
  const { repeat, otherBatchSize, hessianDifference, hessianPair } = checks;
  return [
    `The loss, measured twice: a difference of ${short(repeat)}.`,
    `At another batch size: a relative difference of ${short(otherBatchSize)}.`,
    checks.weightsRestored
      ? "The weights are to the bit what they were before."
      : "The weights were changed by the measuring: do not trust this report.",
    ...hessianDifference === null
      ? []
      : [hessianSentence(hessianDifference, hessianPair!)],
    ...checks.unfrozen.length === 0 ? [] : [
      `Kinks that could not be frozen, so that curvature may count them: ${
        checks.unfrozen.join(", ")
      }.`,
    ],
  ];
}

/** The rescaling test. */
export function rescalingSentences(test: RescalingTest | null): string[] {
  if (test === null) {
    return ["No two layers of this model can be rescaled against each other."];
  }
  const sizes = test.factors.map(({ factor }) => Math.max(factor, 1 / factor));
  const moved = test.moved.map((name) =>
    `${metrics[name].title} (by ${short(100 * test.changes[name]!)} %)`
  );
  return [
    `${
      test.factors.length === 1 ? "1 pair" : `${test.factors.length} pairs`
    } of layers balanced, by factors up to ${
      short(Math.max(...sizes))
    }; the loss changed by ${
      short(test.functionChange)
    } of itself. Measured on ${test.examples} examples.`,
    moved.length === 0
      ? "No number moved."
      : `These moved though the function did not: ${moved.join("; ")}.`,
    ...test.unexpected.length === 0 ? [] : [
      `These should not have moved; the arithmetic is not exact enough for them here, do not trust them (float64 may help where float32 was used): ${
        test.unexpected.map((name) => metrics[name].title).join("; ")
      }.`,
    ],
  ];
}

/** Directions in words. */
export function directionsTitle({ norm, layers, alpha }: PairedDirections) {
  const kind = norm === "filter"
    ? `filter-normalised directions times ${alpha}`
    : norm === "fooling"
    ? `fooling directions of length ${alpha}`
    : `directions of length ${alpha}`;
  return `${kind}, ${layers === "all" ? "all layers" : "the first layer"}`;
}

/** A pair of models along directions. */
export function directionsSentence(pair: PairedDirections): string {
  return `Along ${
    directionsTitle(pair)
  }: the other model's loss rises more in ${pair.otherHigher} of ${pair.rises.length} pairs (sign test: p = ${
    short(pair.pValue)
  }).`;
}

/** Notes of the numbers. */
export function noteSentences({ measurements }: ModelReport): string[] {
  const titles = new Map<string, string[]>();
  for (const [name, { note }] of Object.entries(measurements)) {
    if (note === undefined) continue;
    const { title } = metrics[name as keyof typeof metrics];
    titles.set(note, [...titles.get(note) ?? [], title]);
  }
  return [...titles].map(([note, list]) => `${list.join("; ")}: ${note}.`);
}
