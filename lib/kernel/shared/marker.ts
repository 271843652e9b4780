/**
 * Messages from the kernel's inside to the launcher. They travel among the outputs, so
 * that one that arrives has all earlier outputs before it; no front end sees them.
 *
 * @module
 */

/** The type of such messages. */
export const MARKER = "slope_marker";

/** What they say. */
export type Marker =
  /** All outputs before this one have been sent. */
  | { kind: "flush"; number: number }
  /** The cell looked up from its work and noticed a press of Stop. */
  | { kind: "heard" };
