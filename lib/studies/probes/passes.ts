/**
 * About how much work probes are.
 *
 * @module
 */
import type { ProbeSpec } from "./probe.ts";

/**
 * How often the network is run forward over an example; a step of training is three
 * times its batch.
 */
export function passesOf(probes: readonly ProbeSpec[]): number {
  return probes.reduce((sum, probe) => {
    if (probe.kind !== "flatness") return sum;
    const { inputNoise, neighbourPaths, directions, weightPath } = probe;
    const { count, lengths, shares, foolingLengths } = directions;
    const lines = [inputNoise, neighbourPaths]
      .reduce((n, { alphas, draws }) => n + draws * alphas.length, 0);
    const points = lines + weightPath.length + probe.plane ** 2 +
      count * (2 * (lengths.length + shares.length) + foolingLengths.length);
    // A gradient is three passes; a product of the Hessian is two gradients in double
    // precision with frozen switches, reckoned as thirty.
    const passes = points + 3 * probe.course.length + 30 * probe.products + 10;
    return sum + passes * probe.examples;
  }, 0);
}
