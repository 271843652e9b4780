/**
 * A model that was read from files: what it computes, and what it computes with.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import type { Network, ParameterSpec } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";
import {
  type LayersModel,
  type LossName,
  objectiveOfLayersModel,
} from "../training/layers_model.ts";
import {
  classification,
  type Objective,
  regression,
} from "../training/objective.ts";

/** How a model is stored. */
export type ModelFormat =
  | "layersModel"
  | "keras"
  | "h5"
  | "safetensors"
  | "npz"
  | "run"
  | "graphModel"
  | "savedModel"
  | "onnx";

/** Where a model was read from. */
export interface ModelSource {
  /** The path that was given. */
  readonly path: string;
  /** How it is stored. */
  readonly format: ModelFormat;
  /** SHA-256 of its files, one after another, in hexadecimal digits. */
  readonly sha256: string;
}

/** A model that was read from files. It holds tensors: dispose it when done. */
export interface SavedModel extends ModelSource {
  /** Shape of one example; `null` for sizes that are free. */
  readonly inputShape: readonly (number | null)[];
  /** Shape of one output. */
  readonly outputShape: readonly (number | null)[];
  /** Its parameters, statistics included; they fill in the values of the file. */
  readonly parameters: readonly ParameterSpec[];
  /** The TensorFlow.js model, unless it is one of Slope's own networks. */
  readonly layersModel?: LayersModel;
  /** The network, if it is one of Slope's own. */
  readonly network?: Network;
  /** Whether it is a graph of operations, which is measured and not trained. */
  readonly isGraph?: boolean;
  /** The activation at the end of a graph: `softmax` or `sigmoid`. */
  readonly lastActivation?: string;
  /** Why there are no parameters and no gradient, where there are none. */
  readonly withoutGradient?: string;
  /**
   * What the model gives for a batch, without dropout and with running statistics.
   *
   * @param inputs `[batch, ...inputShape]`; the caller still owns it.
   * @returns `[batch, ...outputShape]`, which belongs to the caller.
   */
  predict(inputs: Tensor): Tensor;
  /**
   * A loss over its parameters, whose initial values are those of the file.
   *
   * @param loss The loss; Slope's own networks have `softmaxCrossEntropy` and
   * `meanSquaredError` (half of it, as in {@linkcode regression}).
   * @throws {RangeError} If the model has no such loss.
   */
  objective(loss: LossName): Objective;
  /** Frees its tensors. */
  dispose(): void;
}

/** A TensorFlow.js model as a saved one. */
export function ofLayersModel(
  model: LayersModel,
  source: ModelSource,
): SavedModel {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    const { inputs, outputs } = model;
    model.dispose();
    throw new SyntaxError(
      `the model must have one input and one output, got ${inputs.length} and ${outputs.length}`,
    );
  }
  return {
    ...source,
    inputShape: model.inputs[0]!.shape.slice(1),
    outputShape: model.outputs[0]!.shape.slice(1),
    parameters: objectiveOfLayersModel(model, "meanSquaredError").parameters,
    layersModel: model,
    predict: (inputs) =>
      tf.tidy(() => model.apply(inputs, { training: false }) as Tensor),
    objective: (loss) => objectiveOfLayersModel(model, loss),
    dispose: () => void model.dispose(),
  };
}

/** A network of Slope's own with stored values, one a parameter. */
export function ofNetwork(
  network: Network,
  stored: readonly StoredTensor[],
  source: ModelSource,
): SavedModel {
  const parameters = network.parameters.map((parameter, i): ParameterSpec => ({
    ...parameter,
    initialise: (values) => values.set(stored[i]!.values),
  }));
  const tensors = stored.map(({ values, shape }) =>
    tf.keep(tf.tensor(Float32Array.from(values), [...shape]))
  );
  return {
    ...source,
    inputShape: network.inputShape,
    outputShape: network.outputShape,
    parameters,
    network,
    predict: (inputs) =>
      tf.tidy(() => network.apply(tensors, inputs, { training: false }).output),
    objective(loss) {
      const losses: Partial<Record<LossName, typeof classification>> = {
        softmaxCrossEntropy: classification,
        meanSquaredError: regression,
      };
      const make = losses[loss];
      if (make === undefined) {
        throw new RangeError(
          `loss must be ${
            Object.keys(losses).join(" or ")
          } for a network of Slope, got ${show(loss)}`,
        );
      }
      return { ...make(network), parameters };
    },
    dispose: () => tf.dispose(tensors),
  };
}
