/**
 * Two models, measured alike.
 *
 * @module
 */
import { type ProbeControl, quietly, repeat } from "../probes/control.ts";
import { randomDirection } from "../probes/random_direction.ts";
import { norm, plus } from "../probes/vectors.ts";
import { splitPValue } from "../statistics/sign_test.ts";
import { scalarErrorOf, scalarOf } from "./measurement.ts";
import type { Measurements, MetricName } from "./measurement.ts";
import type { ModelComparison, PairedDirections } from "./report.ts";
import { together } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/**
 * The kinds of directions: filter-normalised, and random ones of length 1 as in figures
 * 4a and 4b of Seong et al.
 *
 * Differs from the paper: one length each; rises, not losses; biases and scales are left
 * as they are; no fooling directions (4c), which each model has of its own.
 */
const kinds = [
  { norm: "filter", layers: "all", alpha: 0.5 },
  { norm: "unit", layers: "all", alpha: 1 },
  { norm: "unit", layers: "first", alpha: 1 },
] as const;

/** The rise of a model's loss along one direction. */
async function rise(
  { surface, seed }: Subject,
  { norm: kind, layers, alpha }: typeof kinds[number],
  index: number,
  loss: number,
  control: ProbeControl,
): Promise<number> {
  const first = surface.layout.slices.find(({ role }) => role === "kernel");
  const direction = randomDirection(surface, {
    norm: kind,
    seed,
    index,
    ...layers === "first" ? { block: (slice) => slice === first } : {},
  });
  if (norm(direction) === 0) return 0;
  const point = plus(surface.weights, alpha, direction);
  return (await surface.evaluate(point, control)).loss - loss;
}

/**
 * The rises of two models' losses along directions of the same seeds; where the models
 * have the same parameters, unit directions are the very same.
 */
export async function pairedDirections(
  subject: Subject,
  other: Subject,
  control: ProbeControl = {},
): Promise<PairedDirections[]> {
  const { effort: { pairs } } = subject;
  const quiet = quietly(control);
  const here = await subject.surface.evaluate(subject.surface.weights, quiet);
  const there = await other.surface.evaluate(other.surface.weights, quiet);
  const results = kinds.map((kind) => ({
    ...kind,
    rises: [] as number[],
    otherRises: [] as number[],
  }));
  await repeat(
    kinds.length * pairs,
    "paired directions",
    control,
    async (i) => {
      const kind = kinds[i % kinds.length]!;
      const { rises, otherRises } = results[i % kinds.length]!;
      const index = Math.floor(i / kinds.length);
      rises.push(await rise(subject, kind, index, here.loss, quiet));
      otherRises.push(await rise(other, kind, index, there.loss, quiet));
    },
  );
  return results.map((result) => {
    const { rises, otherRises } = result;
    const untied = rises.filter((x, i) => x !== otherRises[i]).length;
    const otherHigher = rises.filter((x, i) => otherRises[i]! > x).length;
    return { ...result, otherHigher, pValue: splitPValue(otherHigher, untied) };
  });
}

/** The differences of the numbers that both models have. */
export function differencesOf(
  here: Measurements,
  there: Measurements,
): ModelComparison["differences"] {
  const names = Object.keys(here) as MetricName[];
  return Object.fromEntries(names.flatMap((name) => {
    const own = here[name]!, other = there[name];
    if (other === undefined) return [];
    const [a, b] = [scalarOf(own), scalarOf(other)];
    if (a === null || b === null) return [];
    // The data are the same: independent errors are an upper estimate.
    const error = together(scalarErrorOf(own), scalarErrorOf(other));
    return [[name, { value: b - a, error }]];
  }));
}
