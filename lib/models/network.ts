/**
 * Networks as pure functions of their parameters: what a layer is, and how
 * layers make a network.
 *
 * @module
 */
import { displayedAs } from "../figures/displayed.ts";
import { checkSize } from "./check.ts";
import type { RandomStream } from "../random/stream.ts";
import type {
  ModelLayer,
  SymbolicTensor,
  Tensor,
  Tensor1D,
} from "../runtime/tensor.ts";

/**
 * What a parameter does: `kernel` (weights), `bias`, `scale` and `offset` (of a
 * normalisation), or `statistic` (a running mean or variance: kept, not trained).
 */
export type Role = "kernel" | "bias" | "scale" | "offset" | "statistic";

/** A parameter before it has values. */
export interface ParameterSpec {
  /** Unique within its network, such as `stage1/block0/convolution1/kernel`. */
  name: string;
  /** Its shape; kernels of convolutions are `[height, width, in, out]`. */
  shape: readonly number[];
  /** What it does. */
  role: Role;
  /** The axis that counts filters (output units); null where there is none. */
  filterAxis: number | null;
  /** Whether a gradient weight leaves its gradient as it is. @default {false} */
  unweighted?: boolean;
  /** Fills the initial values. */
  initialise(values: Float32Array, random: RandomStream): void;
}

/** What a forward pass has beside parameters and input. */
export interface ForwardContext {
  /** Batch statistics and dropout when true; running statistics when false. */
  training: boolean;
  /** An int32 `[2]` seed for this pass's dropout; needed only where there is any. */
  seed?: Tensor1D;
  /** Whether statistics are the batch's own, not running ones that it moved. */
  batchStatistics?: boolean;
  /** False for no dropout in training either. */
  dropout?: boolean;
  /** Running statistics after this pass are added here, in parameter order. */
  statistics: Tensor[];
  /** How many dropout masks were drawn in this pass so far. */
  dropoutCount: number;
}

/**
 * Puts a layer of TensorFlow.js after others.
 *
 * @param layer The layer.
 * @param input What it is applied to.
 * @param parameters How many of the next parameters are its weights. @default {0}
 * @returns Its output.
 */
export type PlaceLayer = (
  layer: ModelLayer,
  input: SymbolicTensor | SymbolicTensor[],
  parameters?: number,
) => SymbolicTensor;

/** Makes the same of layers of TensorFlow.js: the output for an input. */
export type ToLayers = (
  input: SymbolicTensor,
  place: PlaceLayer,
) => SymbolicTensor;

/** A layer for inputs of a known shape. */
export interface Layer {
  /** Shape of one output example. */
  readonly outputShape: readonly number[];
  /** Its parameters, in the order in which `apply` takes them. */
  readonly parameters: readonly ParameterSpec[];
  /** Output for an input `[batch, ...inputShape]`. */
  apply(
    parameters: readonly Tensor[],
    input: Tensor,
    context: ForwardContext,
  ): Tensor;
  /** Makes the same of layers of TensorFlow.js, where these can say it. */
  readonly toLayers?: ToLayers;
}

/** `toLayers` of a layer of several, if all of them have theirs. */
export function toLayersOf(
  parts: readonly (Layer | undefined)[],
  toLayers: ToLayers,
): Pick<Layer, "toLayers"> {
  return parts.every((part) => part === undefined || part.toLayers)
    ? { toLayers }
    : {};
}

/** Makes a layer for inputs of a shape (of one example). */
export type LayerFactory = (inputShape: readonly number[]) => Layer;

/** The name of a network's factory, its options, and the shape of its input. */
export interface NetworkSpec {
  /** Such as `resnet`. */
  readonly kind: string;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  /** The factory's options, defaults filled in. */
  readonly [option: string]: unknown;
}

/** A network; in a notebook it shows its layers. */
export interface Network {
  /** Its name, for people, such as `resnet-20-basic-16`. */
  readonly name: string;
  /** Everything that decides what it computes, as plain JSON. */
  readonly spec: NetworkSpec;
  /** Shape of one input example. */
  readonly inputShape: readonly number[];
  /** Shape of one output example, such as `[10]` logits. */
  readonly outputShape: readonly number[];
  /** All parameters, statistics included, in order. */
  readonly parameters: readonly ParameterSpec[];
  /**
   * The output for a batch, and the running statistics after it (those of the
   * parameters whose role is `statistic`, in order).
   */
  apply(
    parameters: readonly Tensor[],
    input: Tensor,
    mode: {
      training: boolean;
      seed?: Tensor1D;
      batchStatistics?: boolean;
      dropout?: boolean;
    },
  ): { output: Tensor; statistics: Tensor[] };
  /** Makes the same of layers of TensorFlow.js, where these can say it. */
  readonly toLayers?: ToLayers;
}

/** The parameters of a layer under a longer name. */
export function prefixed(
  prefix: string,
  parameters: readonly ParameterSpec[],
): ParameterSpec[] {
  return parameters.map((p) => ({ ...p, name: `${prefix}/${p.name}` }));
}

/**
 * One layer after another, each under a name of its own.
 *
 * @param layers Pairs of name and layer; layers without parameters may go by "".
 *
 * @example Two layers that double their input
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { type LayerFactory, network, sequence } from "./network.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const double: LayerFactory = (shape) => ({
 *   outputShape: shape,
 *   parameters: [],
 *   apply: (_, input) => tf.mul(input, 2),
 * });
 * const twice = network(
 *   "twice",
 *   { kind: "twice", inputShape: [2] },
 *   sequence([["", double], ["", double]]),
 * );
 * const { output } = twice.apply([], tf.tensor2d([[1, 3]]), { training: false });
 * deepStrictEqual([...output.dataSync()], [4, 12]);
 * ```
 */
export function sequence(
  layers: readonly (readonly [name: string, factory: LayerFactory])[],
): LayerFactory {
  return (inputShape) => {
    let shape = inputShape;
    const parts = layers.map(([name, factory]) => {
      const layer = factory(shape);
      shape = layer.outputShape;
      return { name, layer };
    });
    return {
      outputShape: shape,
      parameters: parts.flatMap(({ name, layer }) =>
        prefixed(name, layer.parameters)
      ),
      apply(parameters, input, context) {
        let at = 0;
        return parts.reduce((x, { layer }) => {
          const own = parameters.slice(at, at += layer.parameters.length);
          return layer.apply(own, x, context);
        }, input);
      },
      ...toLayersOf(
        parts.map(({ layer }) => layer),
        (input, place) =>
          parts.reduce((x, { layer }) => layer.toLayers!(x, place), input),
      ),
    };
  };
}

/**
 * A network of one (composite) layer; see {@linkcode sequence} for an example.
 *
 * @param name Its name, for people.
 * @param spec Everything that decides what it computes, and the shape of one
 * example, such as `[32, 32, 3]`.
 * @param factory The layer, usually a {@linkcode sequence}.
 * @throws {RangeError} If a layer's option is out of range, or the input too small.
 */
export function network(
  name: string,
  spec: NetworkSpec,
  factory: LayerFactory,
): Network {
  const { inputShape } = spec;
  for (const size of inputShape) checkSize("each size of inputShape", size);
  const layer = factory(inputShape);
  const result: Network = {
    name,
    spec,
    inputShape,
    outputShape: layer.outputShape,
    parameters: layer.parameters,
    apply(parameters, input, mode) {
      const context = { ...mode, statistics: [], dropoutCount: 0 };
      const output = layer.apply(parameters, input, context);
      return { output, statistics: context.statistics };
    },
    ...layer.toLayers ? { toLayers: layer.toLayers } : {},
  };
  return displayedAs(result, async () => {
    const { networkFigure } = await import("../notebook/network_figure.ts");
    return networkFigure(result);
  });
}
