import { setImmediate } from "node:timers";
import type { DenoKernel } from "../shared/deno_kernel.ts";
import { shown } from "../shared/shown.ts";

/** Milliseconds of displays that are not waited for one by one. */
const HEAD_START = 20;

/**
 * Makes Deno's kernel wait for a cell's outputs before it says that the cell has
 * ended, in the three places where it passes through JavaScript: a result, a display,
 * and the question whether what was thrown is an `Error`. Functions are shown by what
 * they say that they look like, as objects are.
 *
 * @param kernel Deno's kernel.
 * @param flush Holds the thread until all outputs have gone out.
 */
export function holdOutputs(kernel: DenoKernel, flush: () => void): void {
  const { results, jupyter } = kernel;
  let flushed = 0;
  const hold = () => {
    flush();
    flushed = performance.now();
  };
  if (results) {
    const broadcastResult = results.broadcastResult;
    results.broadcastResult = async (count, value) => {
      await broadcastResult(count, shown(value));
      // A rejection that nobody handles is reported in the next turn.
      await new Promise((resolve) => setImmediate(resolve));
      hold();
    };
  }
  const display = jupyter.display;
  jupyter.display = async (value, options) => {
    await display(shown(value), options);
    // The end of the cell waits for all of them; here it is only kept from running
    // far ahead of what the front ends have.
    if (performance.now() - flushed > HEAD_START) hold();
  };
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, thrown: unknown): boolean {
      // The kernel asks from the top level of a script: this call and that one.
      if (this === Error && stackDepth(3) === 2) hold();
      return isInstance.call(this as typeof Error, thrown);
    },
  });
}

/** The number of calls that led to the caller, itself included; at most the limit. */
function stackDepth(limit: number): number {
  const before = Error.stackTraceLimit;
  // One more for this function.
  Error.stackTraceLimit = limit + 1;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = before;
  return stack.split("\n").length - 2;
}
