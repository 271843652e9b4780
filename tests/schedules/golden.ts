/** The values that other libraries compute, and how far Slope's are from them. */
import { parseSchedule } from "../../lib/schedules/parse.ts";

/** A schedule of another library, and the spec that must agree with it. */
export interface GoldenCase {
  library: string;
  schedule: string;
  call: string;
  /** What the library does otherwise and Slope does not copy, and why. */
  differs?: string;
  spec: { kind: string };
  steps: number[];
  values: number[];
}

const [header, ...lines] = Deno.readTextFileSync(
  new URL("../golden/schedules.jsonl", import.meta.url),
).trimEnd().split("\n");

/** The versions of the libraries by their names. */
export const versions: Record<string, string> = JSON.parse(header!).versions;

/** All cases. */
export const goldenCases: GoldenCase[] = lines.map((line) => JSON.parse(line));

/** The libraries that there are cases of. */
export const libraries: string[] = [
  ...new Set(goldenCases.map(({ library }) => library)),
];

/** Values below this share of a schedule's greatest count as rounding of zero. */
const ZERO = 1e-16;

/** The step at which a case differs most, and by how much, relative. */
export function largestDifference(
  { spec, steps, values }: GoldenCase,
): { step: number; difference: number } {
  const schedule = parseSchedule(spec);
  const scale = Math.max(...values.map(Math.abs));
  let largest = { step: steps[0]!, difference: 0 };
  for (const [i, step] of steps.entries()) {
    const gap = Math.abs(schedule(step) - values[i]!);
    const difference = gap <= ZERO * scale ? 0 : gap / Math.abs(values[i]!);
    if (difference > largest.difference) largest = { step, difference };
  }
  return largest;
}
