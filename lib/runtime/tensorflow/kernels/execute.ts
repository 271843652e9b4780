/**
 * Executes TensorFlow operations from within a kernel.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Attribute, AttributeType } from "../attributes.ts";
import type { TensorFlowBackend } from "../backend.ts";
import { DataType } from "../data_types.ts";

/** The attribute `T` of an operation on float32 tensors. */
export const float32: Attribute = {
  name: "T",
  type: AttributeType.type,
  value: DataType.float32,
};

/**
 * Executes an operation of one output, or records it.
 *
 * @param backend The backend as TensorFlow.js hands it to a kernel.
 */
export function execute(
  backend: unknown,
  operation: string,
  attributes: readonly Attribute[],
  inputs: readonly tf.TensorInfo[],
): tf.Tensor {
  return (backend as TensorFlowBackend)
    .executeMultipleOutputs(operation, [...attributes], inputs, 1)[0]!;
}
