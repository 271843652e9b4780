/**
 * TensorFlow.js's tensors and layers, under names that are part of the documented interface.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** A TensorFlow.js tensor of any shape. */
export type Tensor = tf.Tensor;

/** A TensorFlow.js tensor of one axis. */
export type Tensor1D = tf.Tensor1D;

/** What stands for a tensor while a TensorFlow.js model is put together. */
export type SymbolicTensor = tf.SymbolicTensor;

/** A layer of TensorFlow.js, of those that its models are made of. */
export type ModelLayer = tf.layers.Layer;
