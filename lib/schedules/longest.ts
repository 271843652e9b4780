import type { Schedule } from "./schedule.ts";

/** The greatest length of those that have one; `undefined` if none has. */
export function longest(schedules: readonly Schedule[]): number | undefined {
  const lengths = schedules.flatMap(({ steps }) => steps ?? []);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}
