/**
 * Where memory is.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type GpuMemory, nvidiaMemory } from "./nvidia_memory.ts";
import { currentTensorFlowBackend } from "./state.ts";

/** What {@linkcode memoryReport} tells. */
export interface MemoryReport {
  /** Tensors that were not disposed. */
  tensors: number;
  /** The bytes of their values, as TensorFlow.js counts them. */
  tensorBytes: number;
  /** Tensors that libtensorflow holds; 0 on other backends. */
  nativeTensors: number;
  /** The memory of the whole process (resident set), in bytes. */
  residentBytes: number;
  /** The memory of each NVIDIA GPU; empty where there is none. */
  gpus: GpuMemory[];
}

/**
 * The memory in use: by tensors, by the process, on the GPUs.
 *
 * libtensorflow keeps memory that it once took for later tensors, so the process's
 * share falls only when another allocator's does.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { memoryReport } from "./memory_report.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const before = memoryReport();
 * const x = tf.zeros([10, 10]);
 * const after = memoryReport();
 * strictEqual(after.tensors - before.tensors, 1);
 * strictEqual(after.tensorBytes - before.tensorBytes, 400);
 * x.dispose();
 * ```
 */
export function memoryReport(): MemoryReport {
  const { numTensors, numBytes } = tf.memory();
  const binding = currentTensorFlowBackend()?.backend.slope;
  return {
    tensors: numTensors,
    tensorBytes: numBytes,
    nativeTensors: binding?.getNumOfTensors() ?? 0,
    residentBytes: Deno.memoryUsage().rss,
    gpus: nvidiaMemory(),
  };
}
