/**
 * Passes over the data whose switches are recorded once, where memory allows it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { BatchFunction } from "./over_batches.ts";

/** What the switches of a batch decided, in order. */
export type Decisions = Tensor[][];

/** A function of a batch that replays what its switches decided. */
export type Replayed = (
  data: Parameters<BatchFunction>[0],
  indices: Tensor1D,
  decisions: Decisions,
  ...vectors: Tensor[]
) => Tensor;

/** The most bytes that are kept. */
export const MOST_BYTES = 256 * 2 ** 20;

/** Keeps the decisions of the batches of one place, the last that was asked for. */
export class RecordedPasses {
  #owner: unknown;
  #kept: Decisions[] = [];
  #bytes = 0;
  #isTooMuch = false;

  /**
   * A pass over batches, in order.
   *
   * @param owner The place: data and weights.
   * @param record What the switches of a batch decide.
   * @param replayed The function, given that.
   * @param otherwise The function that records for itself, used where there would be too
   * much to keep.
   * @param mostBytes How much is kept.
   */
  pass(
    owner: unknown,
    record: (...args: Parameters<BatchFunction>) => Decisions,
    replayed: Replayed,
    otherwise: BatchFunction,
    mostBytes: number = MOST_BYTES,
  ): BatchFunction {
    if (owner !== this.#owner) {
      this.dispose();
      this.#owner = owner;
    }
    let batch = 0;
    return (data, indices, ...vectors) => {
      const at = batch++;
      // Another place was asked for meanwhile, and what is kept is its.
      if (this.#owner !== owner) return otherwise(data, indices, ...vectors);
      if (this.#kept[at] === undefined && !this.#isTooMuch) {
        const decided = record(data, indices, ...vectors);
        const bytes = decided.flat().reduce(
          (sum, { size, dtype }) => sum + size * (dtype === "int32" ? 4 : 8),
          0,
        );
        this.#isTooMuch = this.#bytes + bytes > mostBytes;
        if (this.#isTooMuch) tf.dispose(decided);
        else {
          this.#kept[at] = decided;
          this.#bytes += bytes;
        }
      }
      const decisions = this.#kept[at];
      return decisions === undefined
        ? otherwise(data, indices, ...vectors)
        : replayed(data, indices, decisions, ...vectors);
    };
  }

  /** Frees what is kept. */
  dispose(): void {
    tf.dispose(this.#kept);
    this.#kept = [];
    this.#bytes = 0;
    this.#isTooMuch = false;
    this.#owner = undefined;
  }
}
