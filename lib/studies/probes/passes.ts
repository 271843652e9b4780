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
    // A gradient is three passes; the last layer's flatness is one for as many of its
    // inputs as it has outputs, fifty or so.
    const passes = points + 3 * probe.course.length + 60;
    return sum + passes * probe.examples;
  }, 0);
}
