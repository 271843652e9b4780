/**
 * TensorFlow.js's tensors, under names that are part of the documented interface.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** A TensorFlow.js tensor of any shape. */
export type Tensor = tf.Tensor;

/** A TensorFlow.js tensor of one axis. */
export type Tensor1D = tf.Tensor1D;
