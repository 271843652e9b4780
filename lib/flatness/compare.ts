/**
 * Two models, measured alike.
 *
 * @module
 */
import { type ProbeControl, quietly, repeat } from "../probes/control.ts";
import { foolingDirections } from "../probes/fooling_direction.ts";
import { randomDirection } from "../probes/random_direction.ts";
import { norm, plus } from "../probes/vectors.ts";
import { splitPValue } from "../statistics/sign_test.ts";
import { scalarErrorOf, scalarOf } from "./measurement.ts";
import type { Measurements, MetricName } from "./measurement.ts";
import type { ModelComparison, PairedDirections } from "./report.ts";
import { together } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/**
 * The kinds of directions: filter-normalised, and those of length 1 of figures 4a to 4c
 * of Seong et al. A loss rises faster along fooling ones.
 *
 * Differs from the paper: one length each; rises, not losses; in random directions
 * biases and scales are left as they are.
 */
const kinds = [
  { norm: "filter", layers: "all", alpha: 0.5 },
  { norm: "unit", layers: "all", alpha: 1 },
  { norm: "unit", layers: "first", alpha: 1 },
  { norm: "fooling", layers: "all", alpha: 0.1 },
] as const;

type Kind = typeof kinds[number];

/** The rise of a model's loss along one direction. */
async function rise(
  { surface }: Subject,
  direction: Float64Array,
  alpha: number,
  loss: number,
  control: ProbeControl,
): Promise<number> {
  if (norm(direction) === 0) return 0;
  const point = plus(surface.weights, alpha, direction);
  return (await surface.evaluate(point, control)).loss - loss;
}

/** The directions of a kind, one after the other. */
async function* directionsOf(
  { surface, seed, effort: { pairs } }: Subject,
  { norm: kind, layers }: Kind,
  control: ProbeControl,
): AsyncGenerator<Float64Array> {
  if (kind === "fooling") {
    yield* foolingDirections(surface, pairs, control);
    return;
  }
  const first = surface.layout.slices.find(({ role }) => role === "kernel");
  for (let index = 0; index < pairs; index++) {
    yield randomDirection(surface, {
      norm: kind,
      seed,
      index,
      ...layers === "first" ? { block: (slice) => slice === first } : {},
    });
  }
}

/** The directions that models have: fooling ones need a gradient. */
function kindsOf(subjects: readonly Subject[]): readonly Kind[] {
  return subjects.every(({ withoutGradient }) => withoutGradient === undefined)
    ? kinds
    : kinds.filter(({ norm }) => norm !== "fooling");
}

/**
 * The rises of two models' losses along directions of the same seeds; where the models
 * have the same parameters, unit directions are the very same. Fooling directions are
 * up each model's own gradients, over the same examples.
 */
export async function pairedDirections(
  subject: Subject,
  other: Subject,
  control: ProbeControl = {},
): Promise<PairedDirections[]> {
  const found = kindsOf([subject, other]);
  const { effort: { pairs } } = subject;
  const quiet = quietly(control);
  const models = [subject, other].map((model) => ({
    model,
    directions: found.map((kind) => directionsOf(model, kind, quiet)),
    rises: found.map((): number[] => []),
  }));
  const losses = await Promise.all(
    models.map(({ model: { surface } }) =>
      surface.evaluate(surface.weights, quiet)
    ),
  );
  await repeat(
    found.length * pairs,
    "paired directions",
    control,
    async (i) => {
      const kind = i % found.length;
      for (const [m, { model, directions, rises }] of models.entries()) {
        const { value, done } = await directions[kind]!.next();
        if (done) continue;
        rises[kind]!.push(
          await rise(model, value, found[kind]!.alpha, losses[m]!.loss, quiet),
        );
      }
    },
  );
  return found.map((kind, k) => {
    const [rises, otherRises] = models.map((one) => one.rises[k]!) as [
      number[],
      number[],
    ];
    const untied = rises.filter((x, i) => x !== otherRises[i]).length;
    const otherHigher = rises.filter((x, i) => otherRises[i]! > x).length;
    const pValue = splitPValue(otherHigher, untied);
    return { ...kind, rises, otherRises, otherHigher, pValue };
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
