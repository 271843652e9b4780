/**
 * How large a learning rate a curvature allows.
 *
 * @module
 */

/** Options of {@linkcode stabilityLimit}. */
export interface StabilityLimitOptions {
  /** β in [0, 1). @default {0} */
  readonly momentum?: number;
  /** Whether the momentum is Nesterov's. @default {false} */
  readonly nesterov?: boolean;
}

/**
 * The largest η·λ for which descent with a fixed learning rate η does not diverge on a
 * parabola of curvature λ: 2 without momentum, 2 + 2β with Polyak's and
 * (2 + 2β)/(1 + 2β) with Nesterov's, where the velocity is v ← β·v + g.
 *
 * @throws {RangeError} If the momentum is out of range.
 *
 * @example
 * ```ts
 * import { stabilityLimit } from "./stability_limit.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(stabilityLimit(), 2);
 * strictEqual(stabilityLimit({ momentum: 0.5 }), 3);
 * strictEqual(stabilityLimit({ momentum: 0.5, nesterov: true }), 1.5);
 * ```
 *
 * Reference: J. Cohen et al., 2021, arXiv 2103.00065, equation 1 and appendix B.
 */
export function stabilityLimit(
  { momentum = 0, nesterov = false }: StabilityLimitOptions = {},
): number {
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`momentum must be in [0, 1), got ${momentum}`);
  }
  return (2 + 2 * momentum) / (nesterov ? 1 + 2 * momentum : 1);
}
