/**
 * JSON from files that are not trusted.
 *
 * @module
 */
import { show } from "../text/show.ts";

/** What JSON holds. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  [name: string]: JsonValue;
}

/** How deep values may be within each other. */
const DEEPEST = 100;

/** The most values. */
const MOST_VALUES = 2_000_000;

/**
 * Parses JSON, and refuses what could harm who walks it: more than two million
 * values or a hundred levels, and the key `__proto__`.
 *
 * @param text The JSON, or its bytes as UTF-8.
 * @returns An object.
 * @throws {SyntaxError} If it is no such JSON.
 *
 * @example
 * ```ts
 * import { parseJson } from "./parse_json.ts";
 * import { deepStrictEqual, throws } from "node:assert";
 *
 * deepStrictEqual(parseJson('{ "units": 3 }'), { units: 3 });
 * throws(() => parseJson('{ "__proto__": {} }'), /a key named "__proto__"/);
 * ```
 */
export function parseJson(text: string | Uint8Array): JsonObject {
  let root: JsonValue;
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    root = JSON.parse(typeof text === "string" ? text : utf8.decode(text));
  } catch {
    throw new SyntaxError("is not valid JSON");
  }
  if (!isObject(root)) throw new SyntaxError("is not a JSON object");
  let level: JsonValue[] = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) {
      throw new SyntaxError(`nests deeper than ${DEEPEST} levels`);
    }
    count += level.length;
    if (count > MOST_VALUES) {
      throw new SyntaxError(`holds more than ${MOST_VALUES} values`);
    }
    const next: JsonValue[] = [];
    for (const value of level) {
      if (value === null || typeof value !== "object") continue;
      if (Object.hasOwn(value, "__proto__")) {
        throw new SyntaxError('has a key named "__proto__"');
      }
      for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
  return root;
}

/** Whether a value is an object of JSON, not an array. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object that must be there. */
export function objectOf(
  value: JsonValue | undefined,
  what: string,
): JsonObject {
  if (isObject(value)) return value;
  throw new SyntaxError(`${what} must be an object, got ${show(value)}`);
}

/** An array that must be there. */
export function arrayOf(
  value: JsonValue | undefined,
  what: string,
): JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new SyntaxError(`${what} must be an array, got ${show(value)}`);
}

/** A string that must be there. */
export function stringOf(value: JsonValue | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw new SyntaxError(`${what} must be a string, got ${show(value)}`);
}
