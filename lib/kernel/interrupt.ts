/**
 * The notebook's Stop button, as a signal that work can end on.
 *
 * @module
 */

/**
 * What the Slope kernel offers to the cells that run in it, as
 * `globalThis.slopeKernel`. Library code asks {@linkcode interruptSignal} and
 * {@linkcode stopRequested}, which also work elsewhere.
 */
export interface SlopeKernel {
  /**
   * Aborted by the first press of Stop; each cell has a signal of its own. Its
   * event fires when the cell next waits for something (a timer, a file): code that
   * never waits asks {@linkcode SlopeKernel.stopRequested}.
   */
  readonly signal: AbortSignal;
  /**
   * Whether Stop was pressed in this cell. True also in a loop that never waits;
   * costs some microseconds, as a file is looked for.
   */
  stopRequested(): boolean;
}

/**
 * The signal that the notebook's Stop button aborts in the cell that runs now.
 *
 * Ask for it when the work starts: the next cell has another one. In a kernel that
 * does not know Stop (the stock Deno kernel), and outside notebooks, there is none.
 *
 * @returns The signal, or undefined where there is none.
 *
 * @example
 * ```ts
 * import { interruptSignal } from "./interrupt.ts";
 * import { strictEqual } from "node:assert";
 *
 * // No notebook here.
 * strictEqual(interruptSignal(), undefined);
 * ```
 */
export function interruptSignal(): AbortSignal | undefined {
  return kernel()?.signal;
}

/**
 * Whether the notebook's Stop button was pressed in the cell that runs now.
 *
 * For loops that never wait, in which no signal can fire. Costs some microseconds in
 * the Slope kernel, nothing elsewhere.
 *
 * @returns Whether it was; false outside the Slope kernel.
 *
 * @example
 * ```ts
 * import { stopRequested } from "./interrupt.ts";
 * import { strictEqual } from "node:assert";
 *
 * let sum = 0;
 * for (let step = 0; step < 1000 && !stopRequested(); step++) sum += step;
 * strictEqual(sum, 499_500);
 * ```
 */
export function stopRequested(): boolean {
  return kernel()?.stopRequested() ?? false;
}

/**
 * The kernel, by way of the global scope: after an edit a cell may hold a second
 * instance of this module.
 */
function kernel(): SlopeKernel | undefined {
  return (globalThis as { slopeKernel?: SlopeKernel }).slopeKernel;
}
