/**
 * The loss under noise on the inputs.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import type { ProbeControl } from "./control.ts";
import { type InputLines, inputLines } from "./input_lines.ts";
import type { ProbeOptions } from "./problem.ts";
import { norm, normals } from "./vectors.ts";

/** Options of {@linkcode inputNoise}. */
export interface InputNoiseOptions extends ProbeControl {
  /** The lengths α of the noise, in units of the prepared inputs. */
  readonly alphas: readonly number[];
  /** How many draws; a line each. @default {10} */
  readonly draws?: number;
  /** Whether all examples of a draw get the same noise. @default {false} */
  readonly shared?: boolean;
  /** Of the noise. @default {0} */
  readonly seed?: number;
}

/**
 * The mean loss under noise on the inputs: L(α) = mean ℓ(x + α·n), n normal, of length 1
 * over all of an example's numbers. Inputs are not put back into a range.
 *
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example ½ (x − 1)² at x = 1, noise of length 2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { inputNoise } from "./input_noise.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([1]) };
 * const options = { objective, data, weights: [[1], [0]] };
 * const { mean } = await inputNoise(options, { alphas: [0, 2] });
 * deepStrictEqual(mean.loss, [0, 2]);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: S. Seong et al., section 6.2, figure 3b, which does not say whether
 * examples share the noise.
 */
export function inputNoise(
  options: ProbeOptions,
  { alphas, draws = 10, shared = false, seed = 0, ...control }:
    InputNoiseOptions,
): Promise<InputLines> {
  return inputLines(options, alphas, draws, (draw) => (example, to) => {
    const path = shared ? 0 : 1 + example;
    const random = randomStream(seed, Purpose.probes, 2 ** 24 + draw, path);
    const noise = normals(to.length, random);
    const length = norm(noise);
    to.set(noise.map((x) => x / length));
  }, control);
}
