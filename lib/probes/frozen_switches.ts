/**
 * Functions with kinks made smooth: what rectifiers and max-pooling decide at one
 * point is recorded, and replayed at others.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { fusedKernels, unfused } from "./switches/fused.ts";
import * as known from "./switches/mod.ts";
import type { Inputs, Switch } from "./switches/switch.ts";

/** Kernels with kinks, or jumps of their gradients, that cannot be frozen. */
const unknown = [
  tf.ClipByValue,
  tf.Dilation2D,
  tf.MaxPool3D,
  tf.Selu,
  tf.TopK,
];

/** What was decided at a point. */
export interface FrozenSwitches {
  /** Runs a function as if at that point: same kernels, in the same order. */
  replay<T>(f: () => T): T;
  /** What was decided, in order; freed when the use is over. */
  readonly decisions: readonly (readonly Tensor[])[];
  /** Kernels with kinks that the function used and that could not be frozen. */
  readonly unfrozen: readonly string[];
}

/** Replaces a kernel on the current backend; returns what undoes it. */
function replaceKernel(
  kernelName: string,
  wrap: (upstream: tf.KernelFunc) => tf.KernelFunc,
): () => void {
  const backendName = tf.getBackend();
  const upstream = tf.getKernel(kernelName, backendName);
  if (!upstream) return () => {}; // then no function can use it either
  const install = (config: tf.KernelConfig) => {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(config);
  };
  install({ ...upstream, kernelFunc: wrap(upstream.kernelFunc) });
  return () => install(upstream);
}

/** Replaces a kernel's gradient; returns what undoes it. */
function replaceGradient(gradient: tf.GradConfig): () => void {
  const { kernelName } = gradient;
  const upstream = tf.getGradient(kernelName);
  if (upstream) tf.unregisterGradient(kernelName);
  tf.registerGradient(gradient);
  return () => {
    tf.unregisterGradient(kernelName);
    if (upstream) tf.registerGradient(upstream);
  };
}

/** A pass through the function: what to do where a kernel decides. */
type Decide = (make: () => Tensor[]) => readonly Tensor[];

/** Runs `f` with kernels that ask `decide`; notes kernels in `unfrozen`. */
function withSwitches<T>(
  decide: Decide,
  unfrozen: Set<string>,
  f: () => T,
): T {
  // A kernel's output tells its gradient what was decided.
  const decided = new WeakMap<tf.DataId, readonly Tensor[]>();
  let isInside = false;
  const undo: (() => void)[] = [];
  const kernel =
    (own: Switch) => (upstream: tf.KernelFunc): tf.KernelFunc => (options) => {
      if (isInside) return upstream(options); // a switch made of others
      const inputs = options.inputs as unknown as Inputs;
      const attributes = (options.attrs ?? {}) as tf.NamedAttrMap;
      if (Object.values(inputs).some(({ dtype }) => dtype === "int32")) {
        return upstream(options);
      }
      isInside = true;
      try {
        return tf.tidy(() => {
          const decisions = decide(() => own.decide(inputs, attributes));
          const output = own.apply(inputs, decisions, attributes);
          decided.set(output.dataId, decisions);
          return output;
        });
      } finally {
        isInside = false;
      }
    };
  const gradient = (own: Switch): tf.GradConfig => ({
    kernelName: own.kernelName,
    inputsToSave: [...own.saved],
    outputsToSave: [true],
    gradFunc(dy, saved, attributes) {
      const inputs = Object.fromEntries(
        own.saved.map((name, i) => [name, saved[i]!]),
      );
      const decisions = decided.get(saved.at(-1)!.dataId)!;
      return own.gradient(dy as Tensor, inputs, decisions, attributes);
    },
  });
  try {
    for (const own of Object.values(known)) {
      undo.push(replaceKernel(own.kernelName, kernel(own)));
      undo.push(replaceGradient(gradient(own)));
    }
    for (const name of fusedKernels) undo.push(replaceKernel(name, unfused));
    for (const name of unknown) {
      undo.push(replaceKernel(name, (upstream) => (options) => {
        unfrozen.add(name);
        return upstream(options);
      }));
    }
    return f();
  } finally {
    for (const restore of undo.reverse()) restore();
  }
}

/**
 * Records what the kinks of a function decide, and lets it be replayed elsewhere.
 *
 * A rectifier's mask (relu, relu6, leakyRelu, prelu, abs), the larger of two
 * numbers (maximum, minimum) and the place of a maximum (max, min, max-pooling) are
 * taken at one point and kept, so that between there and
 * another point the function is smooth. Where no kink lies between, nothing
 * changes. Gradients taken inside follow the same decisions.
 *
 * @param record The function at the point; it may take gradients, and has to call
 * the same operations as those that are replayed.
 * @param use Is given what was recorded, which it may not keep.
 * @returns What `use` returns.
 *
 * @example x² + |x| seen from x = 1, where |x| is x
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { withFrozenSwitches } from "./frozen_switches.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const f = (x: number) => tf.add(tf.square(x), tf.abs(x));
 * const value = tf.tidy(() =>
 *   withFrozenSwitches(() => f(1), ({ replay }) => replay(() => f(-3)))
 *     .dataSync()[0]
 * );
 * strictEqual(value, 6); // 9 − 3, not 9 + 3
 * ```
 */
export function withFrozenSwitches<T>(
  record: () => unknown,
  use: (switches: FrozenSwitches) => T,
): T {
  const all: Tensor[][] = [];
  const unfrozen = new Set<string>();
  try {
    withSwitches(
      (make) => {
        const made = make().map((tensor) => tf.keep(tensor));
        all.push(made);
        return made;
      },
      unfrozen,
      record,
    );
    return replaySwitches(all, use, unfrozen);
  } finally {
    tf.dispose(all);
  }
}

/**
 * Replays what was recorded elsewhere.
 *
 * @param decisions What {@linkcode withFrozenSwitches} gave; kept by the caller.
 * @param use Is given the replay.
 */
export function replaySwitches<T>(
  decisions: readonly (readonly Tensor[])[],
  use: (switches: FrozenSwitches) => T,
  unfrozen: Set<string> = new Set(),
): T {
  return use({
    decisions,
    replay(f) {
      let at = 0;
      return withSwitches(
        () => {
          const own = decisions[at++];
          if (own === undefined) {
            throw new Error("A replay took other ways than the recording");
          }
          return own;
        },
        unfrozen,
        f,
      );
    },
    get unfrozen() {
      return [...unfrozen].sort();
    },
  });
}
