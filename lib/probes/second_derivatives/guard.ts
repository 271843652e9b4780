/**
 * Second derivatives that are right, or none.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { repaired } from "./repaired.ts";
import { testedFunctions, testedKernels } from "./tested.ts";

function refusal(name: string): TypeError {
  return new TypeError(
    `exact second derivatives are not known to be right for ${name}: use hessian, whose differences are right for every kernel`,
  );
}

/** Installs a gradient; returns what undoes it. */
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

/** Refuses gradients that functions bring along; returns what undoes it. */
function guardFunctions(): () => void {
  const engine = tf.engine();
  const upstream = engine.customGrad;
  const guarded = (f: Parameters<typeof upstream>[0]) => {
    const named = (name: string): typeof f => (...args) => ({
      ...f(...args),
      gradFunc() {
        throw refusal(name.replace(/__op$/, ""));
      },
    });
    return (...inputs: Parameters<ReturnType<typeof upstream>>) => {
      const name = engine.state.activeScope?.name ?? "an unnamed function";
      const own = testedFunctions.has(name) ? f : named(name);
      return upstream.call(engine, own)(...inputs);
    };
  };
  engine.customGrad = guarded as typeof upstream;
  return () => {
    engine.customGrad = upstream;
  };
}

/** Frees what a tape holds that an error has left behind. */
function dropTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return; // an outer gradient's
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}

/**
 * Runs a function that takes gradients of gradients: with gradients that can be derived
 * again, and those of all other kernels refused by name.
 *
 * @param f It may call kernels that are refused, as long as no gradient goes through
 * them.
 * @param kernels What is not refused.
 * @throws {TypeError} If a gradient goes through a kernel that is not tested.
 */
export function withSecondDerivatives<T>(
  f: () => T,
  kernels: ReadonlySet<string> = testedKernels,
): T {
  const refused = tf.getKernelsForBackend(tf.getBackend())
    .map(({ kernelName }) => kernelName)
    .filter((name) => !kernels.has(name))
    .map((kernelName): tf.GradConfig => ({
      kernelName,
      gradFunc() {
        throw refusal(kernelName);
      },
    }));
  const undo = [guardFunctions()];
  try {
    for (const gradient of repaired) undo.push(replaceGradient(gradient));
    for (const gradient of refused) undo.push(replaceGradient(gradient));
    return f();
  } catch (error) {
    dropTape();
    throw error;
  } finally {
    for (const restore of undo.reverse()) restore();
  }
}
