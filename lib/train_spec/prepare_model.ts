/**
 * The model of a training: from a file, or by its name.
 *
 * @module
 */
import { namedNetwork } from "../models/named_network.ts";
import type { Network } from "../models/network.ts";
import { openModel } from "../saved_models/open_model.ts";
import type { SavedModel } from "../saved_models/saved_model.ts";
import type { LossName } from "../training/layers_model.ts";
import {
  classification,
  type Objective,
  regression,
} from "../training/objective.ts";
import { pathFrom, type PreparedData } from "./prepare_data.ts";
import type { TrainSpec } from "./spec.ts";

type Facts = PreparedData["facts"];

/** A model with what is minimised. */
export interface PreparedModel {
  /** Its loss over its parameters. */
  readonly objective: Objective;
  /** The loss. */
  readonly loss: LossName;
  /** Where the parameters go when they are trained. */
  readonly saved?: SavedModel;
  /** The network, if it is one of Slope's own. */
  readonly network?: Network;
  /** Frees the model's own tensors. */
  dispose(): void;
}

/** The loss that a model's end asks for. */
export function lossFor(
  { layersModel, lastActivation }: SavedModel,
  { kind }: Facts,
): LossName {
  if (kind === "regression") return "meanSquaredError";
  const config = layersModel?.layers.at(-1)?.getConfig();
  const activation = config?.activation ?? lastActivation;
  if (activation === "softmax") return "sparseCategoricalCrossentropy";
  return activation === "sigmoid"
    ? "binaryCrossentropy"
    : "softmaxCrossEntropy";
}

/** Refuses data that do not fit into a model. */
export function checkFit(
  model: {
    inputShape: readonly (number | null)[];
    outputShape: readonly (number | null)[];
  },
  { shape, classes, kind }: Facts,
  loss: LossName,
): void {
  const { inputShape, outputShape } = model;
  const fits = inputShape.length === shape.length &&
    inputShape.every((size, i) => size === null || size === shape[i]);
  if (!fits) {
    throw new TypeError(
      `the model takes examples of shape [${inputShape}], the data have [${shape}]`,
    );
  }
  const outputs = outputShape.at(-1);
  const needed = loss === "binaryCrossentropy" || kind === "regression"
    ? 1
    : classes;
  if (outputShape.length !== 1 || outputs !== needed) {
    const what = kind === "regression" ? "a number" : `${classes} classes`;
    throw new TypeError(
      `the model gives [${outputShape}], but ${what} with ${loss} needs [${needed}]`,
    );
  }
}

/**
 * Makes or reads the model of a spec, and checks that the data fit.
 *
 * @throws {ModelFileError} If the file is missing, damaged or not read.
 * @throws {TypeError | RangeError} If the data do not fit, or there is no such
 * network or loss.
 */
export async function prepareModel(
  spec: TrainSpec,
  folder: string,
  facts: Facts,
): Promise<PreparedModel> {
  const { file, architecture } = spec.model;
  if (typeof file !== "string") {
    const network = namedNetwork(spec.model, {
      inputShape: facts.shape,
      outputs: facts.kind === "regression" ? 1 : facts.classes,
    });
    const isRegression = facts.kind === "regression";
    const loss = isRegression ? "meanSquaredError" : "softmaxCrossEntropy";
    if (spec.loss !== undefined && spec.loss !== loss) {
      throw new RangeError(
        `loss must be ${loss} for ${facts.kind} with a network of Slope, got ${spec.loss}`,
      );
    }
    checkFit(network, facts, loss);
    const objective = isRegression
      ? regression(network)
      : classification(network);
    return { objective, loss, network, dispose: () => {} };
  }
  const saved = await openModel(
    pathFrom(folder, file),
    architecture === undefined
      ? {}
      : { architecture: architecture as Record<string, unknown> },
  );
  try {
    if (saved.isGraph) {
      throw new TypeError(
        `${file} is a graph of operations, which can be measured but not trained`,
      );
    }
    const loss = spec.loss ?? lossFor(saved, facts);
    checkFit(saved, facts, loss);
    return {
      objective: saved.objective(loss),
      loss,
      saved,
      ...saved.network ? { network: saved.network } : {},
      dispose: () => saved.dispose(),
    };
  } catch (error) {
    saved.dispose();
    throw error;
  }
}
