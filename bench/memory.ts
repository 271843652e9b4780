/**
 * Whether steps leave memory behind.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Stepper } from "./sgd_step.ts";

/** What grew over a number of steps. */
export interface MemoryGrowth {
  /** Tensors that TensorFlow.js knows of. */
  tensors: number;
  /** Resident set of the process, in bytes. */
  residentBytes: number;
}

/** Takes a tenth of the steps to fill caches, then all of them. */
export function memoryGrowth(
  { step }: Stepper,
  steps: number,
): MemoryGrowth {
  const now = () => ({
    tensors: tf.memory().numTensors,
    residentBytes: Deno.memoryUsage().rss,
  });
  for (let i = 0; i < steps / 10; i++) step();
  const before = now();
  for (let i = 0; i < steps; i++) step();
  const after = now();
  return {
    tensors: after.tensors - before.tensors,
    residentBytes: after.residentBytes - before.residentBytes,
  };
}
