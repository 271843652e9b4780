/**
 * The notebook's side of the Slope kernel: the Stop button, and a guard for Deno's own
 * kernel.
 *
 * @module
 */
export { guard } from "./guard/guard.ts";
export {
  interruptSignal,
  type SlopeKernel,
  stopRequested,
} from "./interrupt.ts";
