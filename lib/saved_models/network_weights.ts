/**
 * Weights by name, laid beside the parameters of a network.
 *
 * @module
 */
import type { StoredTensor } from "../files/safetensors.ts";
import type { Network } from "../models/network.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { checkFinite } from "./build_model.ts";

/**
 * The values of a network's parameters, in order.
 *
 * @param network The network.
 * @param tensors Weights by name.
 * @param names What the weights are called, by the names of the parameters, where
 * they are called otherwise.
 * @throws {SyntaxError} If one is missing, left over, has another shape, or a value
 * that is not finite.
 */
export function weightsOfNetwork(
  network: Network,
  tensors: ReadonlyMap<string, StoredTensor>,
  names: Readonly<Record<string, string>> = {},
): StoredTensor[] {
  const left = new Set(tensors.keys());
  const stored = network.parameters.map(({ name, shape }) => {
    const key = Object.hasOwn(names, name) ? names[name]! : name;
    const tensor = tensors.get(key);
    if (tensor === undefined) {
      throw new SyntaxError(
        `has no tensor ${show(key)} for ${network.name}${
          didYouMean(key, tensors.keys())
        }`,
      );
    }
    left.delete(key);
    if (`${tensor.shape}` !== `${shape}`) {
      const isTurned = `${tensor.shape.toReversed()}` === `${shape}`;
      throw new SyntaxError(
        `tensor ${
          show(key)
        } has the shape [${tensor.shape}], expected [${shape}]${
          isTurned ? ": transpose it, as PyTorch keeps outputs first" : ""
        }`,
      );
    }
    checkFinite(tensor.values, `tensor ${show(key)}`);
    return tensor;
  });
  const [extra] = left;
  if (extra !== undefined) {
    throw new SyntaxError(
      `has a tensor ${show(extra)}, which ${network.name} does not have`,
    );
  }
  return stored;
}
