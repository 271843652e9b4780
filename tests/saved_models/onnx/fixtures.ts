/**
 * What PyTorch and tf2onnx saved and predicted; see tests/golden/onnx/make.py.
 *
 * @module
 */
import golden from "../../golden/onnx/predictions.json" with { type: "json" };

/** What a framework predicted for a model. */
export interface Prediction {
  shape: number[];
  inputs: number[];
  outputs: number[];
}

/** By the names of the files, without their endings. */
export const predictions: Record<string, Prediction> = golden.models;

/** Where a file is. */
export function fixturePath(name: string): string {
  return new URL(`../../golden/onnx/${name}.onnx`, import.meta.url).pathname;
}
