import { ok } from "node:assert";

/** Asserts that a number is another, but for rounding (relative, by default). */
export function close(
  actual: number,
  expected: number,
  relative = 1e-12,
  absolute = 0,
): void {
  const gap = Math.abs(actual - expected);
  ok(
    gap <= relative * Math.abs(expected) + absolute,
    `${actual} is not close to ${expected}`,
  );
}
