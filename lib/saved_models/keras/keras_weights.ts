/**
 * The weights of Keras's files, laid beside the layers of a model.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { assignWeights } from "../build_model.ts";
import type { Hdf5File } from "../../hdf5/mod.ts";

/** A layer that may hold others. */
interface Container extends tf.layers.Layer {
  layers?: tf.layers.Layer[];
  layer?: tf.layers.Layer;
  forwardLayer?: tf.layers.Layer;
  backwardLayer?: tf.layers.Layer;
  cell?: tf.layers.Layer;
  cells?: tf.layers.Layer[];
}

/** A class's name as Keras's files spell it: `Conv2D` is `conv2d`. */
function snakeCase(name: string): string {
  return name.replaceAll(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}

/** The folders of the layers in a list: the classes, numbered from the second on. */
function folders(layers: readonly tf.layers.Layer[]): string[] {
  const used = new Map<string, number>();
  return layers.map((layer) => {
    const kind = layer.getClassName();
    const name = snakeCase(kind === "Model" ? "Functional" : kind);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** The layers within a layer, each with its path there. */
function partsOf(
  { layers, layer, forwardLayer, backwardLayer, cell, cells }: Container,
  root: string,
): [path: string, layer: tf.layers.Layer][] {
  const list = (inner: tf.layers.Layer[], folder: string) =>
    folders(inner).map((
      name,
      i,
    ): [string, tf.layers.Layer] => [`${folder}/${name}`, inner[i]!]);
  if (layers) return list(layers, root);
  if (cells) return list(cells, "cells");
  if (forwardLayer && backwardLayer) {
    return [["forward_layer", forwardLayer], ["backward_layer", backwardLayer]];
  }
  if (cell) return [["cell", cell]];
  return layer ? [["layer", layer]] : [];
}

/**
 * Reads `model.weights.h5` of a `.keras` file: each layer's weights stand under its
 * path, numbered in order.
 *
 * @param model Its weights are written.
 * @param file The weights.
 * @throws {SyntaxError} If a layer's are missing or differ.
 */
export function readVariables(model: tf.LayersModel, file: Hdf5File): void {
  // What the folder was called before TensorFlow 2.13.
  const old = "_layer_checkpoint_dependencies";
  const root = file.has(old) ? old : "layers";
  const visit = (layer: tf.layers.Layer, path: string): void => {
    const parts = partsOf(layer, root);
    for (const [inner, part] of parts) visit(part, path + inner + "/");
    if (parts.length > 0) return;
    const place = `${path}vars`;
    const stored = file.names(place).length;
    assignWeights(
      layer.weights,
      Array.from({ length: stored }, (_, i) => file.tensor(`${place}/${i}`)),
      layer.name,
    );
  };
  visit(model, "");
}

/**
 * Where Keras 3 keeps each weight of a model.
 *
 * @param model The model.
 * @returns The weights by their paths in `model.weights.h5`.
 */
export function variablePaths(
  model: tf.LayersModel,
): Map<string, tf.LayerVariable> {
  const paths = new Map<string, tf.LayerVariable>();
  const seen = new Set<tf.layers.Layer>();
  const visit = (layer: tf.layers.Layer, path: string): void => {
    if (seen.has(layer)) return; // shared by several models
    seen.add(layer);
    const parts = partsOf(layer, "layers");
    for (const [inner, part] of parts) visit(part, path + inner + "/");
    if (parts.length > 0) return;
    layer.weights.forEach((weight, i) => paths.set(`${path}vars/${i}`, weight));
  };
  visit(model, "");
  return paths;
}

/**
 * Reads the weights of a whole model's `.h5` file: each layer's are listed in
 * order, those of layers within it among them.
 *
 * @param model Its weights are written.
 * @param file The file.
 * @param root The group with the layers: `model_weights`, or the file itself.
 * @throws {SyntaxError} If a layer's are missing or differ.
 */
export function readLayerWeights(
  model: tf.LayersModel,
  file: Hdf5File,
  root: string,
): void {
  const prefix = root === "" ? "" : `${root}/`;
  const named = new Set(file.texts(root, "layer_names"));
  for (const layer of model.layers) {
    if (layer.weights.length === 0) continue;
    if (!named.has(layer.name)) {
      assignWeights(layer.weights, [], layer.name);
    }
    const place = prefix + layer.name;
    const weights = file.texts(place, "weight_names");
    assignWeights(
      layer.weights,
      weights.map((name) => file.tensor(`${place}/${name}`)),
      layer.name,
    );
  }
}
