/**
 * A number of bytes as a person reads it, in decimal units of three digits.
 *
 * @param bytes A number ≥ 0.
 * @returns Such as `274 MB`.
 *
 * @example
 * ```ts
 * import { formatBytes } from "./format_bytes.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(formatBytes(273_829_956), "274 MB");
 * strictEqual(formatBytes(1_096_372_272), "1.1 GB");
 * strictEqual(formatBytes(512), "512 bytes");
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB", "PB"];
  let value = bytes / 1000;
  let unit = 0;
  // 999.5 would be shown as 1000, so the next unit begins there.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
