/**
 * TensorFlow's graphs as they stand in files, whichever way they are written.
 *
 * @module
 */
import type { Attribute } from "../graph/graph.ts";

/** One operation. */
export interface RawNode {
  /** Its name. */
  readonly name: string;
  /** What it does. */
  readonly op: string;
  /** What it takes, without what only has to happen before. */
  readonly inputs: readonly string[];
  /** Its options; functions go by their names. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A function that operations call. */
export interface RawFunction {
  /** The names of what it takes. */
  readonly inputs: readonly string[];
  /** The names of what it gives. */
  readonly outputs: readonly string[];
  /** What it does. */
  readonly nodes: readonly RawNode[];
  /** Where what it gives comes from: `operation:output:index`. */
  readonly results: ReadonlyMap<string, string>;
}

/** A graph with its functions. */
export interface RawGraph {
  /** The operations. */
  readonly nodes: readonly RawNode[];
  /** The functions, by name. */
  readonly functions: ReadonlyMap<string, RawFunction>;
}

/** The inputs of a node that are values. */
export function valuesOf(inputs: readonly string[]): string[] {
  return inputs.filter((name) => !name.startsWith("^"));
}

/** TensorFlow's types, by their numbers. */
export const dataTypes: readonly string[] = [
  ...["DT_INVALID", "DT_FLOAT", "DT_DOUBLE", "DT_INT32", "DT_UINT8"],
  ...["DT_INT16", "DT_INT8", "DT_STRING", "DT_COMPLEX64", "DT_INT64"],
  ...["DT_BOOL", "DT_QINT8", "DT_QUINT8", "DT_QINT32", "DT_BFLOAT16"],
  ...["DT_QINT16", "DT_QUINT16", "DT_UINT16", "DT_COMPLEX128", "DT_HALF"],
  ...["DT_RESOURCE", "DT_VARIANT", "DT_UINT32", "DT_UINT64"],
];

/** A type by its number or name. */
export function dataTypeOf(value: number | string): string {
  return typeof value === "number"
    ? dataTypes[value] ?? `type ${value}`
    : value;
}

/** Whether a type is whole numbers. */
export function isWhole(type: string): boolean {
  return /^DT_U?INT\d+$|^DT_BOOL$/.test(type);
}
