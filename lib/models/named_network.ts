/**
 * Networks from whole specs that are not trusted, such as those of files.
 *
 * @module
 */
import { show } from "../text/show.ts";
import type { Network } from "./network.ts";
import { type ModelSpec, parseNetwork } from "./parse.ts";

/** The most layers, channels or classes: what nobody can mean is not built. */
const LARGEST = 100_000;
const DEEPEST = 2000;

/** What a spec leaves open, because the data say it. */
export interface NetworkDefaults {
  /** Shape of one example. */
  inputShape?: readonly number[];
  /** Classes, or 1 for a regression. */
  outputs?: number;
}

function isSmall(value: unknown, most: number): boolean {
  if (Array.isArray(value)) {
    return value.length <= 100 && value.every((item) => isSmall(item, most));
  }
  return typeof value === "number"
    ? Math.abs(value) <= most
    : typeof value === "boolean" ||
      typeof value === "string" && value.length <= 100;
}

/** Sizes: integers from 1 on. */
function isShape(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((size) => Number.isInteger(size) && size >= 1);
}

/**
 * Makes the network of a whole spec, such as `network.spec`.
 *
 * @param spec `{ "kind": "resnet", "depth": 20, … }`, from anywhere: the options of
 * the factory of that name, shape and classes (or `outputs`) among them.
 * @param defaults What stands for shape and classes where the spec has none.
 * @throws {TypeError} If an option is of the wrong type, or the shape is missing.
 * @throws {RangeError} If there is no such network or option, or a value is out of
 * range.
 *
 * @example
 * ```ts
 * import { namedNetwork } from "./named_network.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const network = namedNetwork({ kind: "resnet", depth: 20 }, { inputShape: [32, 32, 3], outputs: 10 });
 * strictEqual(network.name, "resnet-20-basic-16");
 * throws(
 *   () => namedNetwork({ kind: "resent" }, { inputShape: [32, 32, 3], outputs: 10 }),
 *   /did you mean "resnet"\?/,
 * );
 * ```
 */
export function namedNetwork(
  spec: unknown,
  defaults: NetworkDefaults = {},
): Network {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new TypeError(
      `a network must be an object such as { "kind": "lenet" }, got ${
        show(spec)
      }`,
    );
  }
  const { kind, inputShape, outputs, classes, ...options } = {
    ...defaults,
    // A network's own spec has null where an option was not given.
    ...Object.fromEntries(
      Object.entries(spec).filter(([, value]) => value !== null),
    ),
  } as Record<string, unknown>;
  const count = "classes" in spec ? classes : outputs;
  const all = { ...options, inputShape, classes: count };
  for (const [name, value] of Object.entries(all)) {
    const isDepth = name === "depth" || name === "blocks";
    if (value === undefined || isSmall(value, isDepth ? DEEPEST : LARGEST)) {
      continue;
    }
    throw new TypeError(
      `${show(kind)}: ${name} cannot be ${JSON.stringify(value).slice(0, 60)}`,
    );
  }
  if (!isShape(inputShape) || !isShape([count])) {
    throw new TypeError(
      `the network ${
        show(kind)
      } needs inputShape and classes (or outputs), sizes from 1 on`,
    );
  }
  return parseNetwork({ ...options, kind } as ModelSpec, {
    inputShape,
    classes: count as number,
  });
}
