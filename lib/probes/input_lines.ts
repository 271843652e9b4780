/**
 * The loss along lines in the space of inputs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, repeat } from "./control.ts";
import { checkApart } from "./input_gradient.ts";
import {
  parametersIn,
  type ProbeOptions,
  problem,
  vectorTensor,
} from "./problem.ts";

/** Means over all examples along a line, of one draw of the lines. */
export interface InputLine {
  /** The mean loss at each α. */
  readonly loss: readonly number[];
  /** The mean error at each α. */
  readonly error: readonly number[];
}

/** Lines from several draws. */
export interface InputLines {
  /** The places on the lines; 0 is the input itself. */
  readonly alphas: readonly number[];
  /** One a draw. */
  readonly lines: readonly InputLine[];
  /** The means of the lines. */
  readonly mean: InputLine;
}

/** Writes the direction of an example's line. */
type Directions = (example: number, to: Float32Array) => void;

function meanOf(lines: readonly InputLine[]): InputLine {
  const over = (key: keyof InputLine) =>
    lines[0]![key].map((_, k) =>
      lines.reduce((sum, line) => sum + line[key][k]!, 0) / lines.length
    );
  return { loss: over("loss"), error: over("error") };
}

/**
 * Losses along x + α·d for the directions d of each draw.
 *
 * @param directionsOf The directions of a draw; it is asked for those of all
 * examples once, in their order.
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 */
export async function inputLines(
  options: ProbeOptions,
  alphas: readonly number[],
  draws: number,
  directionsOf: (draw: number) => Directions,
  control: ProbeControl,
): Promise<InputLines> {
  checkApart(options);
  checkCount("draws", draws);
  if (alphas.length === 0 || !alphas.every(Number.isFinite)) {
    throw new RangeError("alphas must be one or more finite numbers");
  }
  const { objective, layout, data, weights, precision, batchSize } = problem(
    options,
  );
  const shape = data.inputs.shape.slice(1);
  const size = shape.reduce((product, n) => product * n, 1);
  /** `[alphas, 2, batch]`. */
  const compiled = compile(
    (
      { inputs, labels }: { inputs: Tensor; labels: Tensor },
      point: Tensor,
      directions: Tensor,
      steps: Tensor1D,
    ) => {
      const parameters = parametersIn(layout, point);
      return tf.stack(alphas.map((_, k) => {
        const step = tf.reshape(tf.slice(steps, [k], [1]), []);
        const moved = tf.add(inputs, tf.mul(step, directions));
        const batch = { inputs: moved, labels };
        const { losses, errors } = objective.evaluate(parameters, batch);
        return tf.stack([losses, errors]);
      }));
    },
    { precision },
  );
  const point = vectorTensor(weights, precision);
  const steps = vectorTensor(Float64Array.from(alphas), precision) as Tensor1D;
  const batches = Math.ceil(data.count / batchSize);
  const lines: { loss: number[]; error: number[] }[] = [];
  let directions: Directions | undefined;
  try {
    await repeat(draws * batches, "inputs", control, (i) => {
      const batch = i % batches;
      if (batch === 0) {
        directions = directionsOf(lines.length);
        const zeros = () => alphas.map(() => 0);
        lines.push({ loss: zeros(), error: zeros() });
      }
      const line = lines.at(-1)!;
      const start = batch * batchSize;
      const length = Math.min(batchSize, data.count - start);
      const values = new Float32Array(length * size);
      for (let e = 0; e < length; e++) {
        directions!(start + e, values.subarray(e * size, (e + 1) * size));
      }
      const found = tf.tidy(() =>
        compiled(
          {
            inputs: tf.slice(data.inputs, start, length),
            labels: tf.slice(data.labels, start, length),
          },
          point,
          tf.tensor(values, [length, ...shape]),
          steps,
        ).dataSync()
      );
      alphas.forEach((_, k) => {
        for (let e = 0; e < length; e++) {
          const at = 2 * k * length + e;
          line.loss[k] = line.loss[k]! + found[at]! / data.count;
          line.error[k] = line.error[k]! + found[at + length]! / data.count;
        }
      });
    });
  } finally {
    tf.dispose([point, steps]);
    compiled.dispose();
  }
  return { alphas, lines, mean: meanOf(lines) };
}
