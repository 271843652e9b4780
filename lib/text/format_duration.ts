/**
 * A span of time as a clock shows it.
 *
 * @param milliseconds A number ≥ 0.
 * @returns Minutes and seconds, `0:12`; from an hour on `1:02:03`.
 *
 * @example
 * ```ts
 * import { formatDuration } from "./format_duration.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(formatDuration(12_300), "0:12");
 * strictEqual(formatDuration(3_723_000), "1:02:03");
 * ```
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const ending = two(seconds % 60);
  return minutes < 60
    ? `${minutes}:${ending}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${ending}`;
}
