import * as tf from "@tensorflow/tfjs";

/**
 * Installs a kernel's gradient on all backends (TensorFlow.js knows no other way),
 * in place of the one that there is, if any.
 *
 * @param gradient The gradient; it must do on every backend.
 */
export function installGradient(gradient: tf.GradConfig): void {
  const { kernelName } = gradient;
  if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
  tf.registerGradient(gradient);
}
