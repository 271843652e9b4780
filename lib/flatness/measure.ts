/**
 * Takes measures of a subject.
 *
 * @module
 */
import type { ProbeControl } from "../probes/control.ts";
import { eigenvalueMeasure, traceMeasure } from "./curvature_measures.ts";
import { curveMeasure, slopeMeasure } from "./curve_measures.ts";
import type { Effort } from "./effort.ts";
import { inputNoiseMeasure, neighbourPathMeasure } from "./input_measures.ts";
import { spectralNormMeasure } from "./layer_measures.ts";
import {
  gradientMeasure,
  inputGradientMeasure,
  lossMeasure,
} from "./loss_measures.ts";
import {
  type Measurement,
  type Measurements,
  type MetricName,
  metricNames,
  metrics,
} from "./measurement.ts";
import { relativeFlatnessMeasure } from "./relative_flatness_measure.ts";
import {
  averageSharpnessMeasure,
  keskarMeasure,
  pacBayesMeasure,
  relativeAverageSharpnessMeasure,
  worstDirectionMeasure,
} from "./sharpness_measures.ts";
import type { Measure, Subject } from "./subject.ts";

const measures: readonly Measure[] = [
  lossMeasure,
  gradientMeasure,
  inputGradientMeasure,
  inputNoiseMeasure,
  neighbourPathMeasure,
  worstDirectionMeasure,
  averageSharpnessMeasure,
  relativeAverageSharpnessMeasure,
  curveMeasure,
  slopeMeasure,
  spectralNormMeasure,
  eigenvalueMeasure,
  traceMeasure,
  relativeFlatnessMeasure,
  keskarMeasure,
  pacBayesMeasure,
];

function chosen(names: readonly MetricName[]): Measure[] {
  return measures.filter((measure) =>
    measure.names.some((name) => names.includes(name))
  );
}

/**
 * Forward passes over the data that measures take at the most.
 *
 * @param hasGradient Whether those are taken that need one.
 */
export function passesOf(
  names: readonly MetricName[],
  effort: Effort,
  hasGradient = true,
): number {
  return chosen(names).filter((one) => hasGradient || !one.needsGradient)
    .reduce((sum, one) => sum + one.passes(effort), 0);
}

/** What a failed measure gives: the reason, not an end of the report. */
function failed(names: readonly MetricName[], error: Error) {
  const note = error.message.replaceAll(/\s+/g, " ").slice(0, 200);
  return {
    passes: 0,
    values: Object.fromEntries(
      names.map((name) => [name, { value: null, error: null, note }]),
    ),
  };
}

/**
 * Takes measures, one after the other.
 *
 * A measure that a model does not allow, such as the gradient by inputs that are
 * looked up in a table, has the value null and the reason as its note.
 *
 * @returns They, in the order of {@linkcode metricNames}.
 */
export async function takeMeasures(
  subject: Subject,
  names: readonly MetricName[],
  control: ProbeControl = {},
): Promise<Measurements> {
  const { effort, withoutGradient } = subject;
  const total = passesOf(names, effort, withoutGradient === undefined) || 1;
  const taken: Partial<Record<MetricName, Measurement>> = {};
  let before = 0;
  for (const measure of chosen(names)) {
    const expected = measure.passes(effort);
    let share = 0; // a measure may count several times from 0 on
    const part: ProbeControl = {
      signal: control.signal,
      onProgress(done, all) {
        share = Math.max(share, all > 0 ? done / all : 0);
        control.onProgress?.(before + share * expected, total, "measuring");
      },
    };
    const isLeftOut = measure.needsGradient && withoutGradient !== undefined;
    const { passes, values } = isLeftOut
      ? failed(measure.names, new Error(withoutGradient))
      : await measure.take(subject, part).catch((error) => {
        control.signal?.throwIfAborted();
        return failed(measure.names, error);
      });
    if (!isLeftOut) before += expected;
    for (const name of measure.names) {
      const value = values[name];
      if (value === undefined || !names.includes(name)) continue;
      const { invariantTo } = metrics[name];
      taken[name] = { ...value, cost: passes, invariantTo };
    }
  }
  control.onProgress?.(total, total, "measuring");
  return Object.fromEntries(
    metricNames.flatMap((name) => taken[name] ? [[name, taken[name]]] : []),
  );
}
