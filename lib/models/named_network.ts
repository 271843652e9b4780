/**
 * Networks by name: the plain description that runs and specs hold.
 *
 * @module
 */
import { allCnn } from "./all_cnn.ts";
import { cudaConvnet } from "./cuda_convnet.ts";
import { lenet } from "./lenet.ts";
import { mlp } from "./mlp.ts";
import type { Network } from "./network.ts";
import { resnet } from "./resnet.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";

/** What a value of a description may be. */
type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === "number";
/** Layers, channels or classes: what nobody can mean is not built. */
const isCount: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1e5;
const isSizes: Check = (value) =>
  Array.isArray(value) && value.length <= 100 && value.every(isCount);

/** A kind of network: its factory, and what its options are. */
interface NetworkKind {
  // deno-lint-ignore no-explicit-any -- each factory checks its own options
  make(options: any): Network;
  /** The option that has the number of outputs. */
  outputs: string;
  options: Readonly<Record<string, Check>>;
}

const shared = { inputShape: isSizes, classes: isCount };

const kinds: ReadonlyMap<string, NetworkKind> = new Map(
  Object.entries<NetworkKind>({
    mlp: {
      make: mlp,
      outputs: "outputs",
      options: {
        inputShape: isSizes,
        hidden: isSizes,
        outputs: isCount,
        deviation: isNumber,
      },
    },
    lenet: {
      make: lenet,
      outputs: "classes",
      options: { ...shared, dropoutRate: isNumber },
    },
    resnet: {
      make: resnet,
      outputs: "classes",
      options: {
        ...shared,
        depth: (value) => isCount(value) && (value as number) <= 2000,
        width: isCount,
        block: (value) => value === "basic" || value === "bottleneck",
      },
    },
    cudaConvnet: {
      make: cudaConvnet,
      outputs: "classes",
      options: {
        ...shared,
        width: isCount,
        initialisation: (value) => value === "paper" || value === "he",
      },
    },
    allCnn: {
      make: allCnn,
      outputs: "classes",
      options: {
        ...shared,
        width: isCount,
        inputDropoutRate: isNumber,
        dropoutRate: isNumber,
      },
    },
  }),
);

/** The names of all networks. */
export const networkNames: readonly string[] = [...kinds.keys()];

/** What a description leaves open, because the data say it. */
export interface NetworkDefaults {
  /** Shape of one example. */
  inputShape?: readonly number[];
  /** Classes, or 1 for a regression. */
  outputs?: number;
}

/**
 * Makes the network that a description names.
 *
 * @param spec `{ "kind": "resnet", "depth": 20, … }`, from anywhere: the options of
 * the factory of that name.
 * @param defaults What stands for `inputShape` and the number of outputs where the
 * description has none.
 * @throws {TypeError} If an option is unknown or of the wrong type.
 * @throws {RangeError} If there is no such network, or an option is out of range.
 *
 * @example
 * ```ts
 * import { namedNetwork } from "./named_network.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const network = namedNetwork({ kind: "resnet", depth: 20 }, { inputShape: [32, 32, 3], outputs: 10 });
 * strictEqual(network.name, "resnet-20-basic-16");
 * throws(() => namedNetwork({ kind: "resent" }), /did you mean "resnet"\?/);
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
  const { kind, ...options } = spec as Record<string, unknown>;
  const known = typeof kind === "string" ? kinds.get(kind) : undefined;
  if (known === undefined) {
    throw new RangeError(
      `the kind of a network must be ${networkNames.join(", ")}, got ${
        show(kind)
      }${didYouMean(String(kind), networkNames)}`,
    );
  }
  const { inputShape, outputs } = defaults;
  const all = {
    ...inputShape === undefined ? {} : { inputShape },
    ...outputs === undefined ? {} : { [known.outputs]: outputs },
    // A network's own spec has null where an option was not given.
    ...Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== null),
    ),
  };
  for (const [name, value] of Object.entries(all)) {
    const names = Object.keys(known.options);
    if (!Object.hasOwn(known.options, name)) {
      throw new TypeError(
        `${kind} has no option ${show(name)}${
          didYouMean(name, names) || `: it has ${names.join(", ")}`
        }`,
      );
    }
    if (!known.options[name]!(value)) {
      throw new TypeError(
        `${kind}: ${name} cannot be ${JSON.stringify(value)}`,
      );
    }
  }
  if (!("inputShape" in all)) {
    throw new TypeError(`${kind} needs the option "inputShape"`);
  }
  return known.make(all);
}
