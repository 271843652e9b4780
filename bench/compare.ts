/**
 * Compares two sides in interleaved rounds.
 *
 * @module
 */
import type { Burst } from "./burst.ts";
import { median, medianInterval } from "./statistics.ts";

/** One way to do the work: on a side there may be several, of which the best counts. */
export interface Contestant {
  /** Such as `compiled, threads 1/2`. */
  name: string;
  /** Does the work for a while. */
  run(): Promise<Burst>;
}

/** The outcome of a comparison. */
export interface Comparison {
  /** Median over the rounds of our time divided by theirs, paired by round. */
  ratio: number;
  /** Its 95 % interval. */
  interval: [number, number];
  /** The best of our ways, and its median time. */
  ours: { name: string; milliseconds: number };
  /** The best of their ways. */
  theirs: { name: string; milliseconds: number };
  /** Every way's time in each round, in milliseconds. */
  rounds: Record<string, number[]>;
}

/**
 * Runs all contestants in each round, so that what else the machine does falls on
 * all alike; then the way with the least median time stands for its side, and the
 * rounds are paired.
 */
export async function compare(
  ours: readonly Contestant[],
  theirs: readonly Contestant[],
  rounds: number,
): Promise<Comparison> {
  const all = [...ours, ...theirs];
  const times = new Map(all.map((contestant) => [contestant, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    // Each second round goes backwards: nobody always follows the same.
    for (const contestant of round % 2 ? all.toReversed() : all) {
      times.get(contestant)!.push((await contestant.run()).milliseconds);
    }
  }
  const best = (side: readonly Contestant[]) =>
    side.toSorted((a, b) => median(times.get(a)!) - median(times.get(b)!))[0]!;
  const [a, b] = [best(ours), best(theirs)];
  const describe = (contestant: Contestant) => ({
    name: contestant.name,
    milliseconds: median(times.get(contestant)!),
  });
  const ratios = times.get(a)!.map((time, i) => time / times.get(b)![i]!);
  return {
    ratio: median(ratios),
    interval: medianInterval(ratios),
    ours: describe(a),
    theirs: describe(b),
    rounds: Object.fromEntries(
      all.map((contestant) => [contestant.name, times.get(contestant)!]),
    ),
  };
}
