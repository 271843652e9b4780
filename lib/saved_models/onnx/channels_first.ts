/**
 * Whether a graph of ONNX takes images with channels first.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";

/** Operations whose second axis is channels. */
const spatial = new Set([
  "AveragePool",
  "BatchNormalization",
  "Conv",
  "ConvTranspose",
  "GlobalAveragePool",
  "GlobalMaxPool",
  "MaxPool",
]);

/** Operations that leave axes where they are. */
const elementwise = new Set([
  "Add",
  "Cast",
  "Clip",
  "Div",
  "Identity",
  "Mul",
  "Pad",
  "Sub",
]);

/** Numbers of channels that images have. */
const channels = [1, 3, 4];

/**
 * Whether the input is images with channels first: ONNX knows no others, but other
 * things than images have four axes too. It is if a convolution or pooling takes it;
 * if none and no transposition does, a few channels before larger sizes tell.
 *
 * @example
 * ```ts
 * import { takesImages } from "./channels_first.ts";
 * import { strictEqual } from "node:assert";
 *
 * const node = (op: string) => ({
 *   name: op,
 *   op,
 *   inputs: ["x"],
 *   outputs: ["y"],
 *   attributes: new Map(),
 * });
 * const graph = (op: string) => ({
 *   nodes: [node(op)],
 *   constants: new Map(),
 *   input: "x",
 *   inputShape: [null, 8, 8, 3],
 *   output: "y",
 * });
 * strictEqual(takesImages(graph("Conv")), true);
 * strictEqual(takesImages(graph("Transpose")), false);
 * ```
 */
export function takesImages({ nodes, input, inputShape }: Graph): boolean {
  if (inputShape.length !== 4) return false;
  const images = new Set([input]);
  for (const { op, inputs, outputs } of nodes) {
    if (!inputs.some((name) => images.has(name))) continue;
    if (spatial.has(op)) return true;
    if (op === "Transpose") return false;
    if (elementwise.has(op)) { for (const name of outputs) images.add(name); }
  }
  const [, first = null, height, width] = inputShape;
  return channels.includes(first ?? 0) && (height ?? 0) > 4 &&
    (width ?? 0) > 4;
}
