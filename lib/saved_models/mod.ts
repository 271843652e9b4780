/**
 * Models from files that others made: TensorFlow.js, Keras, TensorFlow, ONNX,
 * safetensors, NumPy, and the runs of Slope.
 *
 * @module
 */
export type { StoredTensor } from "../files/safetensors.ts";
export type { RandomStream } from "../random/stream.ts";
export type {
  Network,
  NetworkSpec,
  ParameterSpec,
  Role,
} from "../models/network.ts";
export type { Tensor, Tensor1D } from "../runtime/tensor.ts";
export type { LayersModel, LossName } from "../training/layers_model.ts";
export type { Batch, Mode, Objective } from "../training/objective.ts";
export { ModelFileError } from "./model_file_error.ts";
export { openModel, type OpenModelOptions } from "./open_model.ts";
export type { ModelFormat, ModelSource, SavedModel } from "./saved_model.ts";
export { saveModel } from "./save_model.ts";
export type { Architecture } from "./weights_file.ts";
