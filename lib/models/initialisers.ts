/**
 * Initial values of parameters.
 *
 * @module
 */
import type { ParameterSpec } from "./network.ts";

/** Fills a parameter with its initial values. */
export type Initialiser = ParameterSpec["initialise"];

/** Every value the same. */
export function constant(value: number): Initialiser {
  return (values) => values.fill(value);
}

/** Independent normal values of mean 0 and the given standard deviation. */
export function normal(deviation: number): Initialiser {
  return (values, random) => {
    for (let i = 0; i < values.length; i++) {
      values[i] = deviation * random.normal();
    }
  };
}

/**
 * He initialisation: normal of variance 2 / fan-in, which keeps the variance of
 * activations through ReLU layers.
 *
 * @param fanIn Inputs of one unit: height · width · channels for a convolution.
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2015, arXiv 1502.01852, section 2.2.
 */
export function heNormal(fanIn: number): Initialiser {
  return normal(Math.sqrt(2 / fanIn));
}

/**
 * Uniform in ±1/√fan-in, the default of PyTorch's linear and convolution layers.
 *
 * @param fanIn Inputs of one unit.
 */
export function fanInUniform(fanIn: number): Initialiser {
  const bound = 1 / Math.sqrt(fanIn);
  return (values, random) => {
    for (let i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.uniform() - 1);
    }
  };
}

/**
 * Glorot's uniform initialisation: ±√(6 / (fan-in + fan-out)).
 *
 * Reference: X. Glorot, Y. Bengio, AISTATS 2010, eq. 16.
 */
export function glorotUniform(fanIn: number, fanOut: number): Initialiser {
  const bound = Math.sqrt(6 / (fanIn + fanOut));
  return (values, random) => {
    for (let i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.uniform() - 1);
    }
  };
}
