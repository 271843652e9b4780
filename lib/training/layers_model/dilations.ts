/**
 * Dilated convolutions of TensorFlow.js layers models, which have no gradient there.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Around, dilated } from "../../runtime/dilated.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { leafLayers } from "./leaf_layers.ts";

/** What `tf.layers.conv1d` and its kin make. */
interface Convolution extends tf.layers.Layer {
  kernelSize: number[];
  strides: number[];
  dilationRate: number[];
  padding: string;
  dataFormat: string;
}

const kinds = ["Conv1D", "Conv2D", "SeparableConv2D"];

/** TensorFlow.js leaves its dilations out without a word. */
const DEPTHWISE = "DepthwiseConv2D";

const mended = new WeakSet<tf.layers.Layer>();

/**
 * Lets a model's dilated convolutions be computed so that they have gradients; what they
 * give stays, but for rounding.
 *
 * @param model The model: the layers' own `call` is replaced.
 * @param options Which layers.
 * @param options.depthwise Also depthwise ones, which then have the dilations that
 * TensorFlow.js leaves out: for models that Keras made. @default {false}
 */
export function mendDilations(
  model: tf.LayersModel,
  { depthwise = false }: { depthwise?: boolean } = {},
): void {
  for (const layer of leafLayers(model)) {
    const kind = layer.getClassName();
    if (!kinds.includes(kind) && !(depthwise && kind === DEPTHWISE)) continue;
    const convolution = layer as Convolution;
    if (isDilated(convolution) && !mended.has(layer)) mend(convolution);
    mended.add(layer);
  }
}

function isDilated(
  { dilationRate, strides, padding, dataFormat }: Convolution,
): boolean {
  return dilationRate.some((n) => n !== 1) &&
    strides.every((n) => n === 1) && dataFormat !== "channelsFirst" &&
    (padding === "same" || padding === "valid");
}

function mend(layer: Convolution): void {
  const { kernelSize, dilationRate, padding } = layer;
  const around = kernelSize.map((size, axis): Around => {
    const more = padding === "same" ? (size - 1) * dilationRate[axis]! : 0;
    return [Math.floor(more / 2), Math.ceil(more / 2)];
  });
  const upstream = layer.call;
  layer.call = (inputs, settings) =>
    tf.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      return dilated(x, dilationRate, around, (apart) => {
        layer.dilationRate = dilationRate.map(() => 1);
        layer.padding = "valid";
        try {
          return upstream.call(layer, apart, settings) as Tensor;
        } finally {
          Object.assign(layer, { dilationRate, padding });
        }
      });
    });
}
