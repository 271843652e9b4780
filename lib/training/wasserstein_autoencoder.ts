/**
 * Autoencoders whose codes are to be distributed as a prior.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { seedOfPlace } from "../models/layers/dropout.ts";
import { type Network, prefixed } from "../models/network.ts";
import { randomNormal } from "../runtime/random_normal.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";
import { evaluatedAtATime } from "./evaluated_at_a_time.ts";
import { kernelDistance } from "./kernel_distance.ts";
import type { Batch, Mode, Objective } from "./objective.ts";

/** Options of {@linkcode wassersteinAutoencoder}. */
export interface WassersteinAutoencoderOptions {
  /** Makes a code `[d]` of an image. */
  encoder: Network;
  /** Makes an image of a code; its outputs are in [0, 1]. */
  decoder: Network;
  /** λ, how much the distance of codes from the prior counts. @default {100} */
  penaltyWeight?: number;
  /** σ², the variance of each number of the prior, > 0. @default {2} */
  priorVariance?: number;
}

/** Where the prior's numbers stand among what a pass draws: behind all dropout. */
const PRIOR_PLACE = 1 << 20;

/** The seed of the prior in evaluations, which are the same each time. */
const EVALUATION_SEED = [0x57, 0x41];

/**
 * The Wasserstein autoencoder with a kernel's distance: with Q the encoder, G the
 * decoder, p the number of values of an image, z points of the prior N(0, σ²) as many as
 * there are examples,
 *
 * ```math
 * L = \frac{1}{p} \bigl( mean ‖x − G(Q(x))‖^2 + λ·MMD(Q(x), z) \bigr)
 * ```
 *
 * MMD is {@linkcode kernelDistance} with C = 2dσ². The first term is the mean square
 * error; λ is that of the paper, which adds squares up. The points z are drawn afresh
 * each step, from the step's seed. Labels are not used.
 *
 * The error of an example is its mean square error, its loss that and the penalty of
 * those that are evaluated with it. Over a split it measures `kernelDistance`, the mean
 * of MMD without λ.
 *
 * @throws {TypeError} If the networks do not fit each other.
 * @throws {RangeError} If a number is out of range; `loss`, if a batch has one example.
 *
 * @example Codes and outputs of a network that begins at 0: the image's own square, ¼,
 * is what is left
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { wassersteinAutoencoder } from "./wasserstein_autoencoder.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = wassersteinAutoencoder({
 *   encoder: mlp({ inputShape: [2, 2, 1], outputs: 3 }),
 *   decoder: mlp({ inputShape: [3], outputs: 4 }),
 *   penaltyWeight: 0,
 * });
 * const parameters = objective.parameters.map(({ shape }) => tf.zeros([...shape]));
 * const batch = { inputs: tf.fill([2, 2, 2, 1], 0.5), labels: tf.zeros([2]) };
 * const seed = tf.tensor1d([1, 2], "int32");
 * const { loss } = objective.loss(parameters, batch, { training: true, seed });
 * ok(Math.abs(loss.dataSync()[0]! - 0.25) < 1e-7);
 * tf.dispose([parameters, batch.inputs, batch.labels, seed, loss]);
 * ```
 *
 * Reference: I. Tolstikhin, O. Bousquet, S. Gelly, B. Schölkopf, 2018, arXiv
 * 1711.01558, algorithm 2 (WAE-MMD).
 */
export function wassersteinAutoencoder(
  options: WassersteinAutoencoderOptions,
): Objective {
  const { encoder, decoder, penaltyWeight = 100, priorVariance = 2 } = options;
  check(options);
  const [code = 0] = encoder.outputShape;
  const values = encoder.inputShape.reduce((product, n) => product * n, 1);
  const split = encoder.parameters.length;
  const [height = 1, width = 1] = encoder.inputShape;

  function pass(parameters: readonly Tensor[], inputs: Tensor, mode: Mode) {
    const coded = encoder.apply(parameters.slice(0, split), inputs, mode);
    const made = decoder.apply(parameters.slice(split), coded.output, mode);
    return {
      codes: coded.output,
      images: tf.reshape(made.output, inputs.shape),
      statistics: [...coded.statistics, ...made.statistics],
    };
  }

  /** MMD of codes from the prior. */
  function distance(codes: Tensor, seed: Tensor1D): Tensor {
    const prior = tf.mul(
      randomNormal(codes.shape, seedOfPlace(seed, PRIOR_PLACE)),
      Math.sqrt(priorVariance),
    );
    return kernelDistance(codes, prior, 2 * code * priorVariance);
  }

  /** The mean square of each image. */
  const errorsOf = (images: Tensor, inputs: Tensor) =>
    tf.mean(
      tf.reshape(tf.square(tf.sub(images, inputs)), [inputs.shape[0]!, values]),
      1,
    );
  const factor = penaltyWeight / values;

  return {
    spec: {
      kind: "wassersteinAutoencoder",
      encoder: encoder.spec,
      decoder: decoder.spec,
      penaltyWeight,
      priorVariance,
    },
    parameters: [
      ...prefixed("encoder", encoder.parameters),
      ...prefixed("decoder", decoder.parameters),
    ],
    evaluatedAtATime: evaluatedAtATime(height, width),
    loss(parameters, { inputs }: Batch, mode) {
      if (mode.seed === undefined) {
        throw new TypeError("The prior needs a seed to be drawn from");
      }
      const { codes, images, statistics } = pass(parameters, inputs, mode);
      return {
        loss: tf.add(
          tf.mean(errorsOf(images, inputs)),
          tf.mul(distance(codes, mode.seed), factor),
        ),
        statistics,
      };
    },
    evaluate(parameters, { inputs }) {
      const { codes, images } = pass(parameters, inputs, { training: false });
      const errors = errorsOf(images, inputs);
      const [count = 0] = inputs.shape;
      // One example alone has no distance from anything.
      const found = count < 2
        ? tf.scalar(0)
        : distance(codes, tf.tensor1d(EVALUATION_SEED, "int32"));
      return {
        losses: tf.add(errors, tf.mul(found, factor)),
        errors,
        sums: tf.reshape(tf.mul(found, count), [1]),
      };
    },
    measure: ([sum], count) => ({ kernelDistance: sum! / count }),
    predict: (parameters, inputs) =>
      pass(parameters, inputs, { training: false }).images,
  };
}

/** Refuses networks that do not fit, and numbers out of range. */
function check(options: WassersteinAutoencoderOptions) {
  const { encoder, decoder, penaltyWeight, priorVariance } = options;
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  if (
    encoder.outputShape.length !== 1 ||
    decoder.inputShape.join() !== encoder.outputShape.join() ||
    size(decoder.outputShape) !== size(encoder.inputShape)
  ) {
    throw new TypeError(
      `a decoder for ${encoder.name} must make [${encoder.inputShape}] of [${encoder.outputShape}], ${decoder.name} makes [${decoder.outputShape}] of [${decoder.inputShape}]`,
    );
  }
  if (penaltyWeight !== undefined && !(penaltyWeight >= 0)) {
    throw new RangeError(
      `penaltyWeight must be >= 0, got ${show(penaltyWeight)}`,
    );
  }
  if (priorVariance !== undefined && !(priorVariance > 0)) {
    throw new RangeError(
      `priorVariance must be > 0, got ${show(priorVariance)}`,
    );
  }
}
