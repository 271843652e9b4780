/**
 * Checkpoints: all that a run needs to go on, as a safetensors file.
 *
 * @module
 */
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../files/safetensors.ts";

/** How far a run was when a checkpoint was made. */
export type CheckpointStatus = "running" | "diverged" | "done";

/** A run after some steps. */
export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** Whether it goes on from here. */
  status: CheckpointStatus;
  /** Forward-pass equivalents spent. */
  cost: number;
  /** Seconds spent. */
  seconds: number;
  /** Length of `records.jsonl`. */
  recordBytes: number;
  /** Length of `times.jsonl`. */
  timeBytes: number;
  /** What the controller remembers, where there is one. */
  controller?: string;
  /** Parameters and slots by name. */
  tensors: Record<string, StoredTensor>;
}

const counts = ["step", "cost", "seconds", "recordBytes", "timeBytes"] as const;

/** The bytes of a checkpoint's file. */
export function encodeCheckpoint(
  { tensors, ...numbers }: Checkpoint,
): Uint8Array<ArrayBuffer> {
  const metadata = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, String(value)]),
  );
  return encodeSafetensors({ tensors, metadata });
}

/**
 * Reads a checkpoint's file.
 *
 * @throws {SyntaxError} If it is not a whole, valid checkpoint.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const [step, cost, seconds, recordBytes, timeBytes] = counts.map((name) => {
    const value = Number(metadata[name] ?? NaN);
    if (!(value >= 0 && value < Infinity)) {
      throw new SyntaxError(
        `it is not a checkpoint: ${name} is ${metadata[name] ?? "missing"}`,
      );
    }
    return value;
  }) as [number, number, number, number, number];
  const { status, controller } = metadata;
  if (status !== "running" && status !== "diverged" && status !== "done") {
    throw new SyntaxError(`it is not a checkpoint: status is ${status}`);
  }
  return {
    step,
    status,
    cost,
    seconds,
    recordBytes,
    timeBytes,
    ...controller === undefined ? {} : { controller },
    tensors,
  };
}
