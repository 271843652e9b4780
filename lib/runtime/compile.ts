/**
 * Compiles TensorFlow.js functions.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flatten } from "./containers.ts";
import { currentTensorFlowBackend } from "./state.ts";
import type { Precision } from "./tensorflow/precision.ts";
import type { Trace } from "./tensorflow/trace.ts";

export type { Precision } from "./tensorflow/precision.ts";

/** Options of {@linkcode compile}. */
export interface CompileOptions {
  /**
   * `"float32"` computes as TensorFlow.js does. `"float64"` does every float
   * operation in double precision; results are read as a `Float64Array`.
   * `"bfloat16"` rounds the operands of matrix products and convolutions to
   * bfloat16 and accumulates in float32.
   *
   * @default {"float32"}
   */
  precision?: Precision;
  /**
   * Whether XLA compiles the whole function to machine code: slower to start,
   * sometimes faster to run.
   *
   * @default {false}
   */
  jit?: boolean;
}

/** A compiled function: call it like the one it was made of. */
export type Compiled<F> = F & {
  /** Frees the graphs. The function can still be called: it compiles afresh. */
  dispose(): void;
  /** How many variants (by shapes and types of the arguments) were compiled. */
  readonly variants: number;
};

// deno-lint-ignore no-explicit-any -- any function over tensors will do
type TensorFunction = (...args: any[]) => unknown;

interface Variant {
  structure: string;
  shapes: readonly (readonly number[])[];
  types: readonly number[];
  trace: Trace;
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/**
 * Compiles a function over tensors into one TensorFlow graph: its operations,
 * gradients and updates included, then run in a single native call.
 *
 * Arguments and results are tensors, or arrays and plain objects of tensors.
 * Tensors and variables that the function uses from outside are inputs of the
 * graph, read afresh at each call; variables that it assigns are assigned at
 * each call. The function is recorded once for each combination of shapes and
 * types of its arguments: its JavaScript does not run again, so it may not read
 * values, depend on them for its shapes, or have side effects. Results belong to
 * the caller, who disposes them; intermediate tensors are freed.
 *
 * On other backends than `tensorflow` the function runs as it is, inside
 * `tf.tidy`.
 *
 * @param f The function. It must be synchronous.
 * @param options Precision, and whether XLA is used.
 * @returns A function that takes and returns what `f` does.
 * @throws {TypeError} When called: if an argument or result is not made of
 * tensors, or `f` reads values, makes variables, or has shapes that depend on
 * data.
 * @throws {RangeError} When called: if float64 is asked of another backend than
 * `tensorflow`.
 *
 * @example A step of gradient descent on x², in one call
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { compile } from "./compile.ts";
 * import { initialize } from "./initialize.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const gradient = tf.grad((x) => tf.square(x));
 * const step = compile((x: tf.Tensor) => tf.sub(x, tf.mul(0.25, gradient(x))));
 * const x = tf.scalar(4);
 * const next = step(x);
 * strictEqual(next.dataSync()[0], 2);
 * tf.dispose([x, next]);
 * ```
 */
export function compile<F extends TensorFunction>(
  f: F,
  options: CompileOptions = {},
): Compiled<F> {
  const { precision = "float32", jit = false } = options;
  if (!["float32", "float64", "bfloat16"].includes(precision)) {
    throw new RangeError(
      `precision must be "float32", "float64" or "bfloat16", got ${precision}`,
    );
  }
  let variants: Variant[] = [];
  let owner: unknown;

  function call(...args: Parameters<F>): unknown {
    const native = currentTensorFlowBackend();
    if (native === undefined) {
      if (precision === "float64") {
        throw new RangeError(
          `float64 needs the tensorflow backend, but ${tf.getBackend()} is in use`,
        );
      }
      return tf.tidy(() => f(...args) as tf.TensorContainer);
    }
    const { backend, trace } = native;
    if (backend.recording || tf.engine().state.gradientDepth > 0) {
      const around = backend.recording?.precision ?? "float32";
      if (precision === "float64" && around !== "float64") {
        throw new TypeError(
          "A float64 function cannot be part of a float32 one, or of a gradient taken outside of it: compile the whole with float64",
        );
      }
      return f(...args);
    }
    if (owner !== backend) {
      variants = [];
      owner = backend;
    }
    const leaves: tf.Tensor[] = [];
    const structure = args.map((arg, i) =>
      flatten(arg, `Argument ${i + 1} of a compiled function`, leaves).structure
    ).join(";");
    const ids = backend.getInputTensorIds(leaves);
    const types = ids.map((id) => backend.slope.dataType(id));
    for (const variant of variants) {
      const fits = structure === variant.structure &&
        leaves.every(({ shape }, i) =>
          types[i] === variant.types[i] &&
          sameShape(shape, variant.shapes[i]!)
        );
      const captured = fits ? variant.trace.captured() : undefined;
      if (captured) return variant.trace.call([...ids, ...captured]);
    }
    const made = trace(backend, f, args, leaves, types, { precision, jit });
    const shapes = leaves.map(({ shape }) => shape.slice());
    variants.push({ structure, shapes, types, trace: made });
    return made.call([...ids, ...made.captured()!]);
  }
  return Object.assign(call as unknown as F, {
    dispose() {
      for (const { trace } of variants) trace.dispose();
      variants = [];
    },
    get variants() {
      return variants.length;
    },
  }) as Compiled<F>;
}
