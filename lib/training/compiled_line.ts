/**
 * Lines as compiled functions: one traced call an evaluation.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Line, LinePrecision } from "../controllers/controller.ts";
import { compile } from "../runtime/compile.ts";
import { float64 } from "../runtime/float64.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import {
  along,
  beginStep,
  type Begun,
  type LineData,
  type LineInputs,
  type LinePlace,
  lineSlope,
  type LineStepOptions,
  lineValue,
} from "./line_step.ts";
import type { RunState } from "./apply_gradients.ts";
import { drawnBatch } from "./batch_gradients.ts";

/** The length of the steps of central differences over that of the parameters. */
const REACH = { float64: 1e-10, float32: 1e-3 } as const;

/** The numbers of {@linkcode Begun}. */
export interface LineNumbers {
  loss: number;
  value: number;
  slope: number;
  gradientNormSquared: number;
  directionNormSquared: number;
  parameterNormSquared: number;
  previousSlope: number;
  trial: number;
  reversed: boolean;
}

/** Where a line starts: its value is undefined where it is yet to be computed. */
export type LineStart = Omit<LineNumbers, "value"> & {
  value: number | undefined;
};

/** The functions of a step along a line, compiled once for a training. */
export interface LineFunctions {
  /** The beginnings of the steps of runs side by side, in one call. */
  begin(data: LineData, runs: RunState[], inputs: LineInputs[]): Begun[];
  /** A step of η. */
  take(parameters: Tensor[], direction: Tensor[], rate: number): Tensor[];
  /** The averages after a step. */
  average(averages: Tensor[], parameters: Tensor[], share: number): Tensor[];
  /**
   * The line at a place, in an arithmetic; with the numbers of a step's beginning, but
   * without its value where the place is another batch. Disposed when the step is done.
   */
  line(
    place: LinePlace,
    known: LineStart,
    precision: LinePrecision,
  ): Line & { dispose(): void };
  /** Frees the graphs. */
  dispose(): void;
}

/** A scalar of an arithmetic. */
function scalarOf(value: number, precision: LinePrecision): Tensor {
  return precision === "float64" ? float64(value) : tf.scalar(value);
}

/** Compiles the functions of a line. */
export function lineFunctions(options: LineStepOptions): LineFunctions {
  const begin = compile(
    (data: LineData, runs: RunState[], inputs: LineInputs[]) =>
      runs.map((state, i) => beginStep(options, data, state, inputs[i]!)),
  );
  const take = compile(along);
  const average = compile(
    (averages: Tensor[], parameters: Tensor[], share: Tensor) =>
      averages.map((a, i) =>
        tf.add(a, tf.mul(tf.sub(parameters[i]!, a), share))
      ),
  );
  const gather = compile((data: LineData, draw: Tensor1D) => {
    const { batchSize, augment } = options;
    const { batch, seed } = drawnBatch(data, draw, batchSize, augment);
    const order = tf.range(0, batchSize, 1, "int32");
    return { ...batch, draw: tf.concat([seed, order]) as Tensor1D };
  });
  const evaluations = (precision: LinePrecision, options: LineStepOptions) => ({
    value: compile(
      (place: LinePlace, rate: Tensor) => lineValue(options, place, rate),
      { precision },
    ),
    slope: compile(
      (place: LinePlace, rate: Tensor) => lineSlope(options, place, rate),
      { precision },
    ),
    /** The slopes at η and −η. */
    slopes: compile(
      (place: LinePlace, rate: Tensor) =>
        tf.stack([
          lineSlope(options, place, rate),
          lineSlope(options, place, tf.neg(rate)),
        ]),
      { precision },
    ),
  });
  const compiled = {
    float32: evaluations("float32", options),
    float64: evaluations("float64", { ...options, augment: false }),
  };

  /** Calls a function at η and reads what it gives. */
  function read(
    which: "value" | "slope" | "slopes",
    place: LinePlace,
    rate: number,
    precision: LinePrecision,
  ): number[] {
    const eta = scalarOf(rate, precision);
    const result = compiled[precision][which](place, eta);
    const values = Array.from(result.dataSync());
    tf.dispose([eta, result]);
    return values;
  }

  function line(
    place: LinePlace,
    known: LineStart,
    precision: LinePrecision,
  ): Line & { dispose(): void } {
    const { parameterNormSquared, directionNormSquared } = known;
    // Whatever goes into a float64 call is converted: the batch alone, not all data.
    let alone: LinePlace | undefined;
    const placeIn = (arithmetic: LinePrecision): LinePlace => {
      if (arithmetic === "float32") return place;
      if (alone === undefined) {
        const { draw, ...data } = gather(place.data, place.draw);
        alone = { ...place, data, draw };
      }
      return alone;
    };
    const [value, slope, gradientNormSquared] =
      precision === "float64" || known.value === undefined
        ? read("slope", placeIn(precision), 0, precision)
        : [known.value, known.slope, known.gradientNormSquared];
    return {
      precision,
      value: value!,
      slope: slope!,
      gradientNormSquared: gradientNormSquared!,
      directionNormSquared,
      previousSlope: known.previousSlope,
      at: (rate) => read("value", placeIn(precision), rate, precision)[0]!,
      slopeAt: (rate) => read("slope", placeIn(precision), rate, precision)[1]!,
      curvature() {
        // First gradients in float32 are too coarse to be differenced.
        const best = tf.getBackend() === "tensorflow" ? "float64" : "float32";
        if (!(directionNormSquared > 0)) return 0;
        const size = Math.sqrt(parameterNormSquared) || 1;
        const rate = REACH[best] * size / Math.sqrt(directionNormSquared);
        const slopes = read("slopes", placeIn(best), rate, best);
        return (slopes[1]! - slopes[4]!) / (2 * rate);
      },
      dispose() {
        if (alone === undefined) return;
        const { data: { inputs, labels }, draw } = alone;
        tf.dispose([inputs, labels, draw]);
      },
    };
  }

  return {
    begin,
    take(parameters, direction, rate) {
      const eta = tf.scalar(rate);
      const next = take(parameters, direction, eta);
      eta.dispose();
      return next;
    },
    average(averages, parameters, share) {
      const part = tf.scalar(share);
      const next = average(averages, parameters, part);
      part.dispose();
      return next;
    },
    line,
    dispose() {
      const { float32, float64 } = compiled;
      for (
        const f of [
          begin,
          take,
          average,
          gather,
          ...Object.values(float32),
          ...Object.values(float64),
        ]
      ) f.dispose();
    },
  };
}

/** Reads the numbers of a beginning, and frees their tensor. */
export function readNumbers({ numbers }: Begun): LineNumbers {
  const values = Array.from(numbers.dataSync());
  numbers.dispose();
  const [
    loss,
    value,
    slope,
    gradientNormSquared,
    directionNormSquared,
    parameterNormSquared,
    previousSlope,
    trial,
    reversed,
  ] = values as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    loss,
    value,
    slope,
    gradientNormSquared,
    directionNormSquared,
    parameterNormSquared,
    previousSlope,
    trial,
    reversed: reversed === 1,
  };
}
