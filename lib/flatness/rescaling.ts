/**
 * Which numbers move when layers are rescaled and the function stays the same.
 *
 * @module
 */
import type { ProbeControl } from "../probes/control.ts";
import type { ParameterSlice } from "../probes/parameter_layout.ts";
import { norm } from "../probes/vectors.ts";
import { rescalingEffort } from "./effort.ts";
import { takeMeasures } from "./measure.ts";
import {
  type Measurement,
  type Measurements,
  type MetricName,
  metrics,
} from "./measurement.ts";
import { divide } from "./parts.ts";
import type { RescalingTest } from "./report.ts";
import { makeSubject, type Subject } from "./subject.ts";

/** Weights that may be multiplied while a kernel is divided. */
interface Pair {
  readonly multiplied: readonly ParameterSlice[];
  readonly divided: ParameterSlice;
}

/**
 * Kernels with what comes before them: a kernel and its bias, or the scale and offset
 * of a normalisation. Whether the function lets the factor through is tried.
 */
function candidates(slices: readonly ParameterSlice[]): Pair[] {
  const pairs: Pair[] = [];
  let before: ParameterSlice[] = [];
  for (const slice of slices) {
    if (slice.role === "kernel") {
      if (before.length > 0) {
        pairs.push({ multiplied: before, divided: slice });
      }
      before = [slice];
    } else if (slice.role === "scale") before = [slice];
    else if (slice.role !== "statistic") before = [...before, slice];
  }
  return pairs;
}

/** The weights with a pair rescaled. */
function rescaled(
  weights: Float64Array,
  { multiplied, divided }: Pair,
  factor: number,
): Float64Array {
  const result = weights.slice();
  const times = ({ offset, size }: ParameterSlice, by: number) => {
    for (let i = offset; i < offset + size; i++) result[i] = result[i]! * by;
  };
  for (const slice of multiplied) times(slice, factor);
  times(divided, 1 / factor);
  return result;
}

/** The largest relative difference of parts' losses between two points. */
async function change(
  { surface }: Subject,
  point: Float64Array,
  { signal }: ProbeControl,
): Promise<number> {
  const { calls: [call] } = await surface.recorded(() =>
    surface.evaluateAll([surface.weights, point], { signal })
  );
  return Math.max(
    ...call!.map(([a, b]) =>
      Math.abs(b!.loss - a!.loss) / (Math.abs(a!.loss) || 1)
    ),
  );
}

/** What a change of the function is told from rounding by. */
const TOLERANCE = { float64: 1e-9, float32: 1e-4 } as const;

/** The most pairs that are tried, and the largest factor. */
const MOST_PAIRS = 40, LARGEST_FACTOR = 8;

/** The least factor of a test that can move something. */
const LEAST_FACTOR = 2;

/** Balances each pair's norms, one pair after the other. */
function balance(subject: Subject, pairs: readonly Pair[]) {
  let { weights } = subject.surface;
  const lengthOf = ({ offset, size }: ParameterSlice) =>
    norm(weights.subarray(offset, offset + size));
  const factors = pairs.map((pair) => {
    const above = Math.hypot(...pair.multiplied.map(lengthOf)) || 1;
    const wanted = Math.sqrt(lengthOf(pair.divided) / above) || 1;
    const factor = Math.min(
      Math.max(wanted, 1 / LARGEST_FACTOR),
      LARGEST_FACTOR,
    );
    weights = rescaled(weights, pair, factor);
    return factor;
  });
  // Layers that are balanced already would move nothing.
  const largest = Math.max(...factors.map((f) => Math.max(f, 1 / f)));
  if (largest < LEAST_FACTOR) {
    weights = rescaled(weights, pairs[0]!, LEAST_FACTOR);
    factors[0] = factors[0]! * LEAST_FACTOR;
  }
  return { weights, factors };
}

/** The largest change of a measurement's numbers, relative to the largest of them. */
function relativeChange(before: Measurement, after: Measurement): number {
  const numbers = ({ value }: Measurement) => [value].flat() as number[];
  const [a, b] = [numbers(before), numbers(after)];
  const size = Math.max(...a.map(Math.abs), ...b.map(Math.abs)) || 1;
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) / size;
}

/** What needs to be measured again: the loss, and what is not of the function alone. */
function movable(names: readonly MetricName[]): MetricName[] {
  return names.filter((name) =>
    name === "loss" || !metrics[name].invariantTo.includes("sameFunction")
  );
}

/** From which change on a number has moved. */
const MOVED = 0.01;

function compare(before: Measurements, after: Measurements) {
  const changes: Partial<Record<MetricName, number>> = {};
  for (const [key, measurement] of Object.entries(before)) {
    const name = key as MetricName;
    const other = after[name]!;
    if (measurement.value === null && other.value === null) continue;
    changes[name] = measurement.value === null || other.value === null
      ? 1
      : relativeChange(measurement, other);
  }
  const moved = (Object.keys(changes) as MetricName[])
    .filter((name) => !(changes[name]! <= MOVED));
  return {
    changes,
    moved,
    unexpected: moved.filter((name) =>
      metrics[name].invariantTo.includes("layerRescaling")
    ),
  };
}

/**
 * Balances the layers of a model so that its function stays the same, and measures
 * again: on a few examples, with the same seeds.
 *
 * Which layers can be rescaled is not read off the model but tried: a kernel (with its
 * bias) or a normalisation (its scale and offset) is doubled and the next kernel
 * halved; if no loss changes, the factor goes through.
 *
 * @returns What moved; null if no two layers can be rescaled.
 */
export async function rescalingTest(
  subject: Subject,
  names: readonly MetricName[],
  control: ProbeControl = {},
): Promise<RescalingTest | null> {
  const wanted = rescalingEffort.examples;
  const few = divide(
    subject.data,
    Math.max(1, Math.floor(subject.data.count / wanted)),
  );
  const data = few.splits[0]!;
  const options = { ...subject, data, effort: rescalingEffort };
  const trial = makeSubject(options);
  try {
    const { precision } = trial.surface.problem;
    const pairs: Pair[] = [];
    const tried = candidates(trial.surface.layout.slices).slice(0, MOST_PAIRS);
    for (const pair of tried) {
      const point = rescaled(trial.surface.weights, pair, 2);
      const difference = await change(trial, point, control);
      if (difference <= TOLERANCE[precision]) pairs.push(pair);
    }
    if (pairs.length === 0) return null;
    const { weights, factors } = balance(trial, pairs);
    const functionChange = await change(trial, weights, control);
    const measured = async (values: Float64Array) => {
      const own = makeSubject({
        ...options,
        parts: 1,
        weights: trial.surface.layout.slices.map(({ offset, size }) =>
          values.subarray(offset, offset + size)
        ),
      });
      try {
        return await takeMeasures(own, movable(names), {
          signal: control.signal,
        });
      } finally {
        own.dispose();
      }
    };
    control.onProgress?.(0, 2, "rescaling test");
    const before = await measured(trial.surface.weights);
    control.onProgress?.(1, 2, "rescaling test");
    const after = await measured(weights);
    control.onProgress?.(2, 2, "rescaling test");
    return {
      examples: data.count,
      factors: pairs.map(({ multiplied, divided }, i) => ({
        multiplied: multiplied.map(({ name }) => name).join(", "),
        divided: divided.name,
        factor: factors[i]!,
      })),
      functionChange,
      ...compare(before, after),
    };
  } finally {
    trial.dispose();
    few.dispose();
  }
}
