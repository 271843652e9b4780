/**
 * The tensorflow backend in use, if any, kept apart so that asking for it loads
 * nothing.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./tensorflow/backend.ts";
import type { trace } from "./tensorflow/trace.ts";

interface Native {
  backend: TensorFlowBackend;
  trace: typeof trace;
}

let native: Native | undefined;

/** Remembers the tensorflow backend. */
export function setTensorFlowBackend(value: Native | undefined): void {
  native = value;
}

/** The tensorflow backend, if it is the one in use. */
export function currentTensorFlowBackend(): Native | undefined {
  return native && tf.getBackend() === "tensorflow" ? native : undefined;
}
