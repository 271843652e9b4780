/**
 * Lemma 1 and proposition 1 of Seong et al. on a trained network: changes of inputs as
 * changes of the first layer's weights.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ProbeControl } from "../../probes/control.ts";
import {
  convolutionTransfer,
  denseTransfer,
  transferBound,
} from "../../probes/input_transfer.ts";
import { parameterLayout } from "../../probes/parameter_layout.ts";
import { symmetricEigen } from "../../probes/dense.ts";
import { denseSpectralNorm } from "../../probes/spectral_norm.ts";
import { norm, normals, plus, scaled } from "../../probes/vectors.ts";
import { Purpose, randomStream } from "../../random/stream.ts";
import type { ResidentSplit } from "../../training/resident_data.ts";
import { everyNth } from "./examples.ts";
import type { TrainedRun } from "./trained_run.ts";

/** What is measured, and how much of it. */
export interface TransferProbe {
  /** Its kind. */
  readonly kind: "transfer";
  /** Training examples, evenly from all of them. */
  readonly examples: number;
  /** ‖δx‖/‖x‖ of the changes. */
  readonly share: number;
}

/** A dense kernel times a row: xᵀK. */
function product(x: Float64Array, kernel: ArrayLike<number>): Float64Array {
  const outputs = kernel.length / x.length;
  const result = new Float64Array(outputs);
  x.forEach((value, i) => {
    for (let o = 0; o < outputs; o++) {
      result[o] = result[o]! + value * kernel[i * outputs + o]!;
    }
  });
  return result;
}

/**
 * Singular values of a dense kernel by the eigenvalues of KᵀK, which know nothing of
 * the vectors that the lemma is tried along: the largest two, and the second's vector
 * in the space of inputs.
 */
function singularPair(kernel: ArrayLike<number>, outputs: number) {
  const inputs = kernel.length / outputs;
  const gram = Array.from(
    { length: outputs },
    () => new Float64Array(outputs),
  );
  for (let i = 0; i < inputs; i++) {
    const row = Float64Array.from(
      { length: outputs },
      (_, o) => kernel[i * outputs + o]!,
    );
    row.forEach((w, o) =>
      row.forEach((v, p) => gram[o]![p] = gram[o]![p]! + w * v)
    );
  }
  const { values, vectors } = symmetricEigen(gram);
  const second = Float64Array.from({ length: inputs }, (_, i) => {
    const vector = vectors.at(-2)!;
    return vector.reduce((sum, u, o) => sum + u * kernel[i * outputs + o]!, 0);
  });
  return { largest: Math.sqrt(values.at(-1)!), second };
}

/** The loss of one example, from eager operations. */
function lossOf(
  { objective }: TrainedRun,
  weights: readonly ArrayLike<number>[],
  input: Float64Array,
  { inputs, labels }: ResidentSplit,
  example: number,
): number {
  return tf.tidy(() => {
    const parameters = objective.parameters.map(({ shape }, i) =>
      tf.tensor(Float32Array.from(weights[i]!), [...shape])
    );
    const { losses } = objective.evaluate(parameters, {
      inputs: tf.tensor(
        Float32Array.from(input),
        [1, ...inputs.shape.slice(1)],
      ),
      labels: tf.slice(labels, example, 1),
    });
    return losses.dataSync()[0]!;
  });
}

/**
 * Measures a run, one number an example.
 *
 * @returns For a dense first layer `identity` (‖xᵀ(K + δK) − (x + δx)ᵀK‖/‖δxᵀK‖), `loss`
 * (the difference of the losses that (5) equates, over 1 + the loss), `bound`
 * (‖δK‖_F over σmax·‖δx‖/‖x‖, δx random), `missed` (how far that is from 1 for δx
 * along the top singular vector, σmax from the eigenvalues of KᵀK) and `second` (the
 * same share of the bound along the second singular vector); for a convolution
 * `residual` (`convolutionTransfer`).
 */
export async function transfer(
  { examples, share }: TransferProbe,
  run: TrainedRun,
  control: ProbeControl,
): Promise<Record<string, number[]>> {
  const { objective, data, seed, steps, weightsAt } = run;
  const weights = await weightsAt(steps);
  const { slices } = parameterLayout(objective.parameters);
  const first = slices.findIndex(({ role }) => role === "kernel");
  const { shape } = slices[first]!;
  const kernel = weights[first]!;
  const chosen = everyNth(data.train, examples);
  const image = chosen.inputs.shape.slice(1);
  const values = await chosen.inputs.data();
  const size = values.length / chosen.count;
  const singular = shape.length === 2
    ? await denseSpectralNorm(kernel, shape[1]!, control)
    : undefined;
  const pair = singular && singularPair(kernel, shape[1]!);
  const found: Record<string, number[]> = singular
    ? { identity: [], loss: [], bound: [], missed: [], second: [] }
    : { residual: [] };
  for (let i = 0; i < chosen.count; i++) {
    control.signal?.throwIfAborted();
    const x = Float64Array.from(values.subarray(i * size, (i + 1) * size));
    const noise = normals(size, randomStream(seed, Purpose.probes, 2 ** 26, i));
    const length = share * norm(x);
    const change = scaled(noise, length / norm(noise));
    if (singular === undefined || pair === undefined) {
      const { residual } = convolutionTransfer(
        { values: kernel, shape },
        image,
        x,
        change,
        { padding: "same" },
      );
      found.residual!.push(residual);
      continue;
    }
    const sizeOf = (along: Float64Array) =>
      norm(denseTransfer(kernel, x, along).change) /
      transferBound(pair.largest, norm(along), norm(x));
    const { change: moved } = denseTransfer(kernel, x, change);
    const sum = Float64Array.from(kernel, (w, k) => w + moved[k]!);
    const wanted = product(plus(x, 1, change), kernel);
    const missed = plus(product(x, sum), -1, wanted);
    found.identity!.push(norm(missed) / norm(product(change, kernel)));
    const own = (w: readonly ArrayLike<number>[], input: Float64Array) =>
      lossOf(run, w, input, chosen, i);
    const here = own(weights, plus(x, 1, change));
    const there = own(weights.map((w, k) => k === first ? sum : w), x);
    found.loss!.push(Math.abs(here - there) / (1 + here));
    found.bound!.push(sizeOf(change));
    found.missed!.push(Math.abs(1 - sizeOf(scaled(singular.right, length))));
    found.second!.push(sizeOf(pair.second));
  }
  tf.dispose([chosen.inputs, chosen.labels]);
  return found;
}
