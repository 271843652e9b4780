/**
 * An image from an image, taught by a discriminator.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Network, prefixed } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";
import { evaluatedAtATime } from "./evaluated_at_a_time.ts";
import { histogramDistance, structuralSimilarity } from "./image_measures.ts";
import type { Batch, Mode, Objective } from "./objective.ts";

/** Options of {@linkcode translation}. */
export interface TranslationOptions {
  /** Makes an image of an input; its outputs are in [−1, 1]. */
  generator: Network;
  /** Judges input and image, channels together: a logit a patch, positive for real. */
  discriminator: Network;
  /** λ, how much the absolute difference counts. @default {100} */
  differenceWeight?: number;
}

/** −log σ(z) of each logit: what "real" costs. */
const realLoss = (logits: Tensor) => tf.softplus(tf.neg(logits));

/** −log(1 − σ(z)) of each logit: what "made" costs. */
const madeLoss = (logits: Tensor) => tf.softplus(logits);

/** From [0, 1] to [−1, 1]. */
const centred = (images: Tensor) => tf.sub(tf.mul(images, 2), 1);

/**
 * The conditional adversarial loss of pix2pix: with G the generator, D the
 * discriminator's logits, x an input and y the image that belongs to it,
 *
 * ```math
 * L_G = mean(−\log σ(D(x, G(x)))) + λ·mean|G(x) − y|
 * L_D = ½·(mean(−\log σ(D(x, y))) + mean(−\log(1 − σ(D(x, G(x))))))
 * ```
 *
 * Each network descends its own loss; both gradients are taken at the same
 * parameters. The recorded loss is L_G + L_D. A gradient weight applies to the
 * generator alone. The loss of an example is its L_G; its error is the mean absolute
 * difference of values in [0, 1]. Over a split it measures the means of
 * `structuralSimilarity` and `histogramDistance`.
 *
 * Inputs and labels are images in [0, 1].
 *
 * @throws {TypeError} If the networks do not fit each other, or keep running
 * statistics.
 * @throws {RangeError} If the weight is negative.
 *
 * @example The loss at the start: ln 2 for a discriminator that cannot tell, twice,
 * and λ times the difference
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { patchDiscriminator, unet } from "../models/mod.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { initialValues } from "./objective.ts";
 * import { translation } from "./translation.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = translation({
 *   generator: unet({ inputShape: [8, 8, 3], levels: 2, width: 4 }),
 *   discriminator: patchDiscriminator({
 *     inputShape: [8, 8, 6],
 *     layers: 1,
 *     width: 4,
 *   }),
 * });
 * const parameters = initialValues(objective, 0).map((values, i) =>
 *   tf.tensor(values, [...objective.parameters[i]!.shape])
 * );
 * const batch = { inputs: tf.ones([1, 8, 8, 3]), labels: tf.ones([1, 8, 8, 3]) };
 * const seed = tf.tensor1d([1, 2], "int32");
 * const { loss } = objective.loss(parameters, batch, { training: true, seed });
 * // The generator begins near 0, and the image is 1.
 * ok(Math.abs(loss.dataSync()[0]! - (2 * Math.log(2) + 100)) < 2);
 * tf.dispose([parameters, batch.inputs, batch.labels, seed, loss]);
 * ```
 *
 * Reference: P. Isola, J.-Y. Zhu, T. Zhou, A. Efros, 2017, arXiv 1611.07004, eqs.
 * 1, 3 and 4 and section 3.3.
 * Differs from the paper: the networks take their steps at once, not in turns.
 */
export function translation(options: TranslationOptions): Objective {
  const { generator, discriminator, differenceWeight = 100 } = options;
  check(options);
  const split = generator.parameters.length;
  const [height = 0, width = 0] = generator.outputShape;

  const made = (parameters: readonly Tensor[], x: Tensor, mode: Mode) =>
    generator.apply(parameters, x, mode).output;
  const judged = (
    parameters: readonly Tensor[],
    x: Tensor,
    image: Tensor,
    mode: Mode,
  ) => discriminator.apply(parameters, tf.concat([x, image], 3), mode).output;

  /** L_G of each example. */
  function generatorLosses(logits: Tensor, image: Tensor, y: Tensor): Tensor {
    return tf.add(
      tf.mean(realLoss(logits), [1, 2, 3]),
      tf.mul(tf.mean(tf.abs(tf.sub(image, y)), [1, 2, 3]), differenceWeight),
    );
  }

  /** L_D. */
  function discriminatorLoss(real: Tensor, false_: Tensor): Tensor {
    return tf.mul(
      tf.add(tf.mean(realLoss(real)), tf.mean(madeLoss(false_))),
      0.5,
    );
  }

  function gradients(
    parameters: readonly Tensor[],
    { inputs, labels }: Batch,
    mode: Mode,
  ) {
    const ofGenerator = parameters.slice(0, split);
    const ofDiscriminator = parameters.slice(split);
    const x = centred(inputs), y = centred(labels);
    let image: Tensor | undefined;
    const first = tf.valueAndGrads((...values: Tensor[]) => {
      const output = made(values, x, mode);
      // The tape's scope ends with this function: the image is to outlive it.
      image = tf.keep(output);
      const logits = judged(ofDiscriminator, x, output, mode);
      return tf.mean(generatorLosses(logits, output, y)) as tf.Scalar;
    })(ofGenerator);
    const second = tf.valueAndGrads((...values: Tensor[]) =>
      discriminatorLoss(
        judged(values, x, y, mode),
        judged(values, x, image!, mode),
      ) as tf.Scalar
    )(ofDiscriminator);
    image!.dispose();
    return {
      loss: tf.add(first.value, second.value),
      gradients: [...first.grads, ...second.grads],
      statistics: [],
    };
  }

  return {
    spec: {
      kind: "translation",
      network: generator.spec,
      discriminator: discriminator.spec,
      differenceWeight,
    },
    parameters: [
      ...prefixed("generator", generator.parameters),
      ...prefixed("discriminator", discriminator.parameters).map((p) => ({
        ...p,
        unweighted: true,
      })),
    ],
    evaluatedAtATime: evaluatedAtATime(height, width),
    loss(parameters, { inputs, labels }, mode) {
      const x = centred(inputs), y = centred(labels);
      const image = made(parameters.slice(0, split), x, mode);
      const judge = (seen: Tensor) =>
        judged(parameters.slice(split), x, seen, mode);
      const logits = judge(image);
      return {
        loss: tf.add(
          tf.mean(generatorLosses(logits, image, y)),
          discriminatorLoss(judge(y), logits),
        ),
        statistics: [],
      };
    },
    gradients,
    evaluate(parameters, { inputs, labels }) {
      const mode = { training: false };
      const x = centred(inputs), y = centred(labels);
      const image = made(parameters.slice(0, split), x, mode);
      const logits = judged(parameters.slice(split), x, image, mode);
      const seen = tf.div(tf.add(image, 1), 2);
      return {
        losses: generatorLosses(logits, image, y),
        errors: tf.mean(tf.abs(tf.sub(seen, labels)), [1, 2, 3]),
        sums: tf.stack([
          tf.sum(structuralSimilarity(seen, labels)),
          tf.sum(histogramDistance(seen, labels)),
        ]),
      };
    },
    measure: ([similarity, distance], count) => ({
      structuralSimilarity: similarity! / count,
      histogramDistance: distance! / count,
    }),
    predict(parameters, inputs) {
      const image = made(parameters.slice(0, split), centred(inputs), {
        training: false,
      });
      return tf.div(tf.add(image, 1), 2);
    },
  };
}

/** Refuses networks that do not fit. */
function check(
  { generator, discriminator, differenceWeight }: TranslationOptions,
) {
  const [height, width, channels = 0] = generator.inputShape;
  const [, , outputs = 0] = generator.outputShape;
  const seen = [height, width, channels + outputs];
  const made = [height, width, outputs];
  if (
    discriminator.inputShape.join() !== seen.join() ||
    generator.outputShape.join() !== made.join()
  ) {
    throw new TypeError(
      `a discriminator for ${generator.name} must take [${seen}], ${discriminator.name} takes [${discriminator.inputShape}]`,
    );
  }
  const kept = [...generator.parameters, ...discriminator.parameters]
    .find(({ role }) => role === "statistic");
  if (kept) {
    throw new TypeError(
      `networks must normalise each example by itself, got the running statistic ${kept.name}`,
    );
  }
  if (differenceWeight !== undefined && !(differenceWeight >= 0)) {
    throw new RangeError(
      `differenceWeight must be >= 0, got ${show(differenceWeight)}`,
    );
  }
}
