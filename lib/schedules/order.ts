/**
 * Refuses steps that are not in order.
 *
 * @param steps The steps.
 * @param path Where they stand.
 * @param name The name of the step within an item, such as `.step`.
 * @throws {RangeError} If one is less than that before it.
 */
export function checkOrder(
  steps: readonly number[],
  path: string,
  name = "",
): void {
  for (const [i, step] of steps.entries()) {
    const before = steps[i - 1];
    if (before === undefined || step >= before) continue;
    throw new RangeError(
      `${path}[${i}]${name} must be ≥ ${before}, which stands before it, got ${step}`,
    );
  }
}
