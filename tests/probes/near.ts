import { ok } from "node:assert";

/** Asserts that two numbers differ by at most a tolerance. */
export function near(
  actual: number,
  expected: number,
  tolerance: number,
  what: string = "value",
): void {
  const error = Math.abs(actual - expected);
  ok(error <= tolerance, `${what} ${actual} is off ${expected} by ${error}`);
}
