/**
 * Networks by their specs.
 *
 * @module
 */
import type { WordVectors } from "../datasets/dataset.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { alexnet } from "./alexnet.ts";
import { allCnn } from "./all_cnn.ts";
import { autoencoder } from "./autoencoder.ts";
import { bilstm } from "./bilstm.ts";
import { cudaConvnet } from "./cuda_convnet.ts";
import { densenet } from "./densenet.ts";
import { googlenet } from "./googlenet.ts";
import { imageDecoder } from "./image_decoder.ts";
import { imageEncoder } from "./image_encoder.ts";
import { imagenetResnet } from "./imagenet_resnet.ts";
import { lenet } from "./lenet.ts";
import { linearText } from "./linear_text.ts";
import { lossgradCnn } from "./lossgrad_cnn.ts";
import { mlp } from "./mlp.ts";
import type { Network } from "./network.ts";
import { networkInNetwork } from "./network_in_network.ts";
import { patchDiscriminator } from "./patch_discriminator.ts";
import { plainNetwork } from "./plain_network.ts";
import { pspnet } from "./pspnet.ts";
import { resnet } from "./resnet.ts";
import { resnet18 } from "./resnet_18.ts";
import { unet } from "./unet.ts";
import { wideResnet } from "./wide_resnet.ts";

/** The name of a network's factory. */
export type NetworkKind =
  | "mlp"
  | "lenet"
  | "lossgradCnn"
  | "autoencoder"
  | "plainNetwork"
  | "resnet"
  | "resnet18"
  | "wideResnet"
  | "densenet"
  | "imagenetResnet"
  | "alexnet"
  | "googlenet"
  | "networkInNetwork"
  | "cudaConvnet"
  | "allCnn"
  | "pspnet"
  | "unet"
  | "patchDiscriminator"
  | "bilstm"
  | "linearText"
  | "imageEncoder"
  | "imageDecoder";

/** A network as plain JSON, by the name of its factory and its options. */
export interface ModelSpec {
  /** The factory. */
  kind: NetworkKind;
  /** Its options, but for shape and classes, which the data decide. */
  [option: string]: string | number | boolean | readonly number[];
}

/** A factory, and the names of its options beside shape and classes. */
interface Entry {
  // deno-lint-ignore no-explicit-any -- each factory checks its own options
  make: (options: any) => Network;
  options: readonly string[];
}

const factories: Record<NetworkKind, Entry> = {
  mlp: {
    // A regression has no classes, and one output.
    make: ({ classes, ...options }) =>
      mlp({ outputs: classes || 1, ...options }),
    options: ["hidden", "deviation", "bias", "activation"],
  },
  lenet: { make: lenet, options: ["dropoutRate"] },
  lossgradCnn: { make: lossgradCnn, options: ["filters", "dropoutRate"] },
  autoencoder: {
    make: ({ classes: _, ...options }) => autoencoder(options),
    options: ["hidden", "deviation", "bias"],
  },
  plainNetwork: {
    make: plainNetwork,
    options: ["depth", "width", "normalised", "stemStride"],
  },
  resnet: { make: resnet, options: ["depth", "block", "width"] },
  resnet18: {
    make: resnet18,
    options: ["widths", "blocks", "dropoutRate"],
  },
  wideResnet: {
    make: wideResnet,
    options: ["depth", "widen", "width", "dropoutRate"],
  },
  densenet: { make: densenet, options: ["depth", "growth", "compression"] },
  imagenetResnet: { make: imagenetResnet, options: ["blocks", "width"] },
  alexnet: {
    make: alexnet,
    options: [
      "channels",
      "stemSize",
      "stemStride",
      "units",
      "dropoutRate",
      "initialisation",
    ],
  },
  googlenet: {
    make: googlenet,
    options: ["normalised", "stem", "modules", "share", "dropoutRate"],
  },
  networkInNetwork: {
    make: networkInNetwork,
    options: [
      "channels",
      "dropoutRate",
      "initialisation",
      "rectifiedOutput",
    ],
  },
  cudaConvnet: { make: cudaConvnet, options: ["width", "initialisation"] },
  allCnn: {
    make: allCnn,
    options: ["width", "inputDropoutRate", "dropoutRate"],
  },
  pspnet: {
    make: pspnet,
    options: ["blocks", "block", "width", "bins", "headWidth", "dropoutRate"],
  },
  unet: {
    make: ({ classes: _, ...options }) => unet(options),
    options: ["outputs", "levels", "width", "dropoutRate"],
  },
  patchDiscriminator: {
    make: ({ classes: _, ...options }) => patchDiscriminator(options),
    options: ["layers", "width"],
  },
  bilstm: {
    make: bilstm,
    options: ["vocabulary", "embedding", "units", "deviation", "vectors"],
  },
  imageEncoder: {
    make: ({ classes: _, ...options }) => imageEncoder(options),
    options: ["code", "levels", "width", "size"],
  },
  imageDecoder: {
    make: ({ classes: _, ...options }) => imageDecoder(options),
    options: ["imageShape", "levels", "width", "size"],
  },
  linearText: { make: linearText, options: ["vocabulary", "bag"] },
};

/** The names of all factories. */
export const networkKinds: readonly string[] = Object.keys(factories);

/**
 * Makes the network that a spec names.
 *
 * @param spec The factory's name, `kind`, and its options.
 * @param data What the data decide: shape of one example, number of classes, and
 * of texts what their words' vectors may begin as.
 * @throws {RangeError} If there is no such factory or option (the message names the
 * nearest), or a value is out of range.
 *
 * @example
 * ```ts
 * import { parseNetwork } from "./parse.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const data = { inputShape: [32, 32, 3], classes: 100 };
 * const { name } = parseNetwork({ kind: "wideResnet", depth: 16, widen: 8 }, data);
 * strictEqual(name, "wide-resnet-16-8");
 * throws(
 *   () => parseNetwork({ kind: "densenet", depth: 100, grwth: 12 }, data),
 *   /densenet has no option "grwth"; did you mean "growth"\?/,
 * );
 * ```
 */
export function parseNetwork(
  { kind, ...options }: ModelSpec,
  data: {
    inputShape: readonly number[];
    classes: number;
    wordVectors?: WordVectors;
  },
): Network {
  if (!Object.hasOwn(factories, kind)) {
    const kinds = Object.keys(factories);
    throw new RangeError(
      `kind must be one of ${kinds.join(", ")}, got ${show(kind)}${
        didYouMean(String(kind), kinds)
      }`,
    );
  }
  const { make, options: known } = factories[kind];
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new RangeError(
      `${kind} has no option ${show(name)}${
        didYouMean(name, known) || `; it has ${known.join(", ")}`
      }`,
    );
  }
  return make({ ...data, ...options });
}
