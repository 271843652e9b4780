/**
 * The loss, and first derivatives.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ProbeControl, repeat } from "../probes/control.ts";
import { inputSurface } from "../probes/input_gradient.ts";
import { trainedMask } from "../probes/problem.ts";
import { dot, norm, scaled } from "../probes/vectors.ts";
import { standardError } from "./statistics.ts";
import { GRADIENT, type Measure, type Subject } from "./subject.ts";

/** Loss and accuracy. */
export const lossMeasure: Measure = {
  names: ["loss", "accuracy"],
  passes: () => 1,
  async take({ surface, data, isClassifier }, control) {
    const { result, calls: [call] } = await surface.recorded(() =>
      surface.evaluate(surface.weights, control)
    );
    const losses = call!.map(([value]) => value!.loss);
    const accuracy = 1 - result.error;
    // Laplace's share, so that a score of 1 has an error bar too.
    const share = (accuracy * data.count + 1) / (data.count + 2);
    return {
      passes: 1,
      values: {
        loss: { value: result.loss, error: standardError(losses) },
        accuracy: isClassifier
          ? {
            value: accuracy,
            error: Math.sqrt(share * (1 - share) / data.count),
          }
          : { value: null, error: null, note: "the labels are numbers" },
      },
    };
  },
};

/** The weights' and the gradient's length. */
export const gradientMeasure: Measure = {
  names: ["weightNorm", "gradientNorm"],
  passes: () => GRADIENT,
  async take({ surface, withoutGradient }, control) {
    const isTrained = trainedMask(surface.layout);
    const weightNorm = {
      value: norm(surface.weights.map((w, i) => isTrained[i] ? w : 0)),
      error: 0,
    };
    if (withoutGradient !== undefined) {
      const note = withoutGradient;
      const gradientNorm = { value: null, error: null, note };
      return { passes: 0, values: { weightNorm, gradientNorm } };
    }
    const { parts, mean } = await surface.gradients(control);
    const value = norm(mean);
    // The parts' gradients along the whole one have its length as their mean.
    const along = scaled(mean, value === 0 ? 0 : 1 / value);
    return {
      passes: GRADIENT,
      values: {
        weightNorm,
        gradientNorm: {
          value,
          error: standardError(parts.map((part) => dot(part, along))),
        },
      },
    };
  },
};

/** Examples whose input gradients are held at a time. */
const AT_A_TIME = 1000;

/** The lengths of the gradients of single examples by their inputs. */
async function inputGradientNorms(
  subject: Subject,
  control: ProbeControl,
): Promise<number[]> {
  const { count, inputs, labels } = subject.data;
  const surface = inputSurface(subject);
  const lengths: number[] = [];
  try {
    const pieces = Math.ceil(count / AT_A_TIME);
    await repeat(pieces, "input gradients", control, async (i) => {
      const from = i * AT_A_TIME;
      const length = Math.min(AT_A_TIME, count - from);
      const piece = {
        count: length,
        inputs: tf.slice(inputs, from, length),
        labels: tf.slice(labels, from, length),
      };
      try {
        const { gradients } = await surface.at(piece, {
          signal: control.signal,
        });
        const size = gradients.length / length;
        for (let e = 0; e < length; e++) {
          lengths.push(norm(gradients.subarray(e * size, (e + 1) * size)));
        }
      } finally {
        tf.dispose([piece.inputs, piece.labels]);
      }
    });
  } finally {
    surface.dispose();
  }
  return lengths;
}

/** How much the loss changes with the inputs. */
export const inputGradientMeasure: Measure = {
  names: ["inputGradientNorm"],
  needsGradient: true,
  passes: () => GRADIENT,
  async take(subject, control) {
    const lengths = await inputGradientNorms(subject, control);
    const value = lengths.reduce((sum, x) => sum + x, 0) / lengths.length;
    return {
      passes: GRADIENT,
      values: { inputGradientNorm: { value, error: standardError(lengths) } },
    };
  },
};
