/**
 * Options of the operations of a graph.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import type { Attribute, GraphNode } from "./graph.ts";

/** An attribute that passes a test; the default where there is none. */
function read<T extends Attribute>(
  { attributes }: GraphNode,
  name: string,
  isIt: (value: Attribute) => value is T,
  what: string,
  byDefault: T | undefined,
): T {
  const value = attributes.get(name) ?? byDefault;
  if (value !== undefined && isIt(value)) return value;
  throw new SyntaxError(`its ${name} must be ${what}, got ${show(value)}`);
}

const isNumber = (value: Attribute): value is number =>
  typeof value === "number" && Number.isFinite(value);

const isInteger = (value: Attribute): value is number =>
  Number.isSafeInteger(value);

const isText = (value: Attribute): value is string => typeof value === "string";

const isIntegers = (value: Attribute): value is readonly number[] =>
  Array.isArray(value) && value.every(Number.isSafeInteger);

/** A number. */
export function numberAt(
  node: GraphNode,
  name: string,
  byDefault?: number,
): number {
  return read(node, name, isNumber, "a number", byDefault);
}

/** An integer. */
export function integerAt(
  node: GraphNode,
  name: string,
  byDefault?: number,
): number {
  return read(node, name, isInteger, "an integer", byDefault);
}

/** Whether something is so: stored as 0 or 1. */
export function flagAt(
  node: GraphNode,
  name: string,
  byDefault: boolean,
): boolean {
  return integerAt(node, name, Number(byDefault)) !== 0;
}

/** Text. */
export function textAt(
  node: GraphNode,
  name: string,
  byDefault?: string,
): string {
  return read(node, name, isText, "text", byDefault);
}

/** Integers. */
export function integersAt(
  node: GraphNode,
  name: string,
  byDefault?: readonly number[],
): number[] {
  return [...read(node, name, isIntegers, "integers", byDefault)];
}

/**
 * Refuses an option that is not one of the values that are read.
 *
 * @throws {SyntaxError} If it is another.
 */
export function only(
  node: GraphNode,
  name: string,
  allowed: readonly (number | string)[],
): void {
  const value = node.attributes.get(name);
  if (value === undefined || allowed.includes(value as never)) return;
  throw new SyntaxError(
    `its ${name} is ${show(value)}; only ${allowed.join(" or ")} is read`,
  );
}
