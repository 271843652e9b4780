/**
 * Compiles TensorFlow.js functions.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flatten } from "./containers.ts";
import { show } from "../text/show.ts";
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
   * bfloat16 (8 bits of mantissa), and the products once more; sums run in float32
   * inside of them, and everything else does. GPUs from Ampere on, and CPUs with
   * bfloat16 instructions, are faster that way; others are slower.
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

/** A function over tensors, or over arrays and plain objects of them. */
// deno-lint-ignore no-explicit-any -- any function over tensors will do
export type TensorFunction = (...args: any[]) => unknown;

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
 * Arguments and results are tensors, or arrays and plain objects of tensors (or
 * nothing: `undefined`, `null`). Tensors and variables that the function uses from
 * outside are inputs of the graph, read afresh at each call; variables that it
 * assigns are assigned at each call. Results belong to the caller, who disposes
 * them; intermediate tensors are freed.
 *
 * The function is recorded once for each combination of shapes and types of its
 * arguments. Its JavaScript does not run again: it may not read values, have shapes
 * that depend on them, or have side effects other than assigning variables, and
 * numbers that it computes are constants of the graph. Pass numbers that change as
 * tensors.
 *
 * On other backends than `tensorflow` the function runs as it is, inside
 * `tf.tidy`; so it does inside another compiled function, which it becomes part
 * of, and where a gradient is being taken around it (`tf.grad` and the like), so
 * that the gradient goes through.
 *
 * @param f The function. It must be synchronous.
 * @param options Precision, and whether XLA is used.
 * @returns A function that takes and returns what `f` does.
 * @throws {TypeError} When called: if an argument or result is not made of
 * tensors; if `f` reads values, makes or disposes variables, keeps tensors, draws
 * random numbers without a seed, or has shapes that depend on data; if a float64
 * function is called inside a float32 one.
 * @throws {Error} When called: what TensorFlow says of an operation, with its name;
 * or if a tensor that `f` uses from outside was disposed.
 * @throws {RangeError} If precision is not one of the three; or, when called, if
 * float64 is asked of another backend than `tensorflow`.
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
      `precision must be "float32", "float64" or "bfloat16", got ${
        show(precision)
      }`,
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
    // A gradient around the call could not pass through a graph.
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
    if (leaves.some((tensor) => tensor.isDisposed)) {
      throw new Error("An argument of a compiled function was disposed");
    }
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
  const compiled = Object.assign(call as unknown as F, {
    dispose(): void {
      for (const { trace } of variants) trace.dispose();
      variants = [];
    },
  });
  return Object.defineProperty(compiled, "variants", {
    get: () => variants.length,
  }) as Compiled<F>;
}
