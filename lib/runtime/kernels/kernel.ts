/**
 * Kernels that Slope adds to TensorFlow.js's backends, or puts in place of theirs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A kernel, for whichever backend it is installed on. */
export interface Kernel {
  /** TensorFlow.js's name of the kernel. */
  readonly kernelName: string;
  /** Makes the kernel; `upstream` is the one that it replaces, and may call. */
  readonly create: (upstream: tf.KernelFunc) => tf.KernelFunc;
}

/**
 * A kernel composed of TensorFlow.js operations.
 *
 * What the composition makes on its way is disposed; the engine owns the output.
 * Nothing of it reaches the gradient tape: the operation that runs the kernel has
 * a gradient of its own.
 *
 * @param kernelName TensorFlow.js's name of the kernel.
 * @param compose From the kernel's inputs and attributes to its output.
 */
export function composedKernel<Inputs, Attributes>(
  kernelName: string,
  compose: (inputs: Inputs, attributes: Attributes) => tf.Tensor,
): Kernel {
  return {
    kernelName,
    create: () => ({ inputs, attrs }) =>
      tf.tidy(() =>
        compose(inputs as unknown as Inputs, attrs as unknown as Attributes)
      ),
  };
}

/**
 * Installs a kernel on a backend, in place of the one of the same name, if any.
 *
 * @param backendName TensorFlow.js's name of the backend.
 * @param kernel The kernel.
 */
export function installKernel(backendName: string, kernel: Kernel): void {
  const { kernelName, create } = kernel;
  const upstream: tf.KernelConfig | undefined = tf.getKernel(
    kernelName,
    backendName,
  );
  const missing = (): never => {
    throw new Error(`${backendName} has no kernel ${kernelName} to build upon`);
  };
  if (upstream) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    ...upstream, // its setup runs when the backend starts, and is still needed
    kernelName,
    backendName,
    kernelFunc: create(upstream?.kernelFunc ?? missing),
  });
}
