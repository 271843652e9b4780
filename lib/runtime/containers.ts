/**
 * Tensors nested in arrays and plain objects, taken apart and put together.
 *
 * @module
 */
import { Tensor } from "@tensorflow/tfjs";
import { show } from "../text/show.ts";

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The tensors of a nested structure, in order, and a text that tells structures
 * apart. Where `undefined` or `null` stands there is no tensor.
 *
 * @param where Named in errors, such as `argument 1`.
 * @throws {TypeError} If something in it is not a tensor.
 */
export function flatten(
  value: unknown,
  where: string,
  leaves: Tensor[] = [],
): { leaves: Tensor[]; structure: string } {
  if (value instanceof Tensor) {
    leaves.push(value);
    return { leaves, structure: "*" };
  }
  if (value === undefined || value === null) {
    return { leaves, structure: String(value) };
  }
  if (Array.isArray(value)) {
    const parts = value.map((v, i) =>
      flatten(v, `${where}[${i}]`, leaves).structure
    );
    return { leaves, structure: `[${parts.join()}]` };
  }
  if (isPlainObject(value)) {
    const parts = Object.entries(value).map(([key, v]) =>
      `${JSON.stringify(key)}:${
        flatten(v, `${where}.${key}`, leaves).structure
      }`
    );
    return { leaves, structure: `{${parts.join()}}` };
  }
  const got = value instanceof Promise ? "a promise" : show(value);
  throw new TypeError(
    `${where} must be a tensor, or arrays or objects of tensors, got ${got}${
      typeof value === "number" ? ": wrap numbers in tf.scalar" : ""
    }`,
  );
}

/** A copy of a nested structure with its tensors replaced, in order. */
export function rebuild<T>(value: T, leaves: Iterator<Tensor>): T {
  if (value instanceof Tensor) return leaves.next().value as T;
  if (Array.isArray(value)) return value.map((v) => rebuild(v, leaves)) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [key, rebuild(v, leaves)]),
  ) as T;
}

/** The tensors somewhere in a nested structure, each once; the rest is skipped. */
export function tensorsIn(value: unknown): Tensor[] {
  const found = new Set<Tensor>();
  const search = (value: unknown): void => {
    if (value instanceof Tensor) found.add(value);
    else if (Array.isArray(value)) value.forEach(search);
    else if (isPlainObject(value)) Object.values(value).forEach(search);
  };
  search(value);
  return [...found];
}
