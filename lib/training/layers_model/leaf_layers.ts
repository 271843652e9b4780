/**
 * The layers of a model that do the work: not the models and wrappers around them.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

type Layer = tf.layers.Layer;

/** Where TensorFlow.js's models, wrappers and recurrent layers keep layers. */
interface Container {
  layers?: Layer[];
  layer?: Layer;
  forwardLayer?: Layer;
  backwardLayer?: Layer;
  cell?: Layer;
  cells?: Layer[];
}

/** The leaves of a model, each once. */
export function leafLayers(model: Layer): Layer[] {
  const leaves = new Set<Layer>();
  function visit(layer: Layer): void {
    const container = layer as Container;
    const inner = [
      ...container.layers ?? [],
      ...container.cells ?? [],
      container.forwardLayer,
      container.backwardLayer,
      container.layer,
      container.cell,
    ].filter((part) => part !== undefined && part !== null);
    if (inner.length === 0) leaves.add(layer);
    else inner.forEach(visit);
  }
  visit(model);
  return [...leaves];
}
