/**
 * What computes one operation of a graph.
 *
 * @module
 */
import type { Role } from "../../models/network.ts";
import type { GraphNode } from "./graph.ts";
import type { Value } from "./value.ts";

/** An operation that is to be computed. */
export interface Call {
  /** Its node. */
  readonly node: GraphNode;
  /** What it takes; undefined where an input is left out. */
  readonly inputs: readonly (Value | undefined)[];
  /** The first input, which must be there. */
  readonly x: Value;
  /** How many examples the graph was made for, where that is fixed. */
  readonly madeFor: number | null;
  /** How many examples there are. */
  readonly count: number;
}

/** Computes an operation; its results are in the node's order. */
export type Operation = (call: Call) => Value | readonly Value[];

/** What a constant is to an operation that trains it. */
export interface Use {
  /** Which input it is. */
  readonly input: number;
  /** What it does there. */
  readonly role: Role;
  /**
   * The order in which axes are kept, as {@linkcode Value} has it, by their number;
   * undefined if there cannot be so many. @default {as they are}
   */
  readonly order?: (rank: number) => readonly number[] | undefined;
  /**
   * Of a kernel the axis, as kept, that counts filters; below 0 from the end. Some
   * depend on the kernel's shape. @default {-1}
   */
  readonly filterAxis?:
    | number
    | null
    | ((shape: readonly number[]) => number | null);
}

/** What a framework's operations do. */
export interface Dialect {
  /** By their names. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** Which inputs of a node are trained, if they are constants. */
  uses(node: GraphNode): readonly Use[];
  /** Operations through which a constant stays itself. */
  readonly passing: ReadonlySet<string>;
}
