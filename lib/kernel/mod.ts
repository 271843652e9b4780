/**
 * The notebook's side of the Slope kernel.
 *
 * @module
 */
export {
  interruptSignal,
  type SlopeKernel,
  stopRequested,
} from "./interrupt.ts";
