/**
 * Whether a rate that was chosen is at the edge of those that were tried.
 *
 * @module
 */

/**
 * A note where it is: the best rate may lie beyond.
 *
 * @param name What the rate is of, such as `step`.
 * @param chosen One of the rates.
 * @param rates All that were tried.
 * @returns One sentence, or none.
 */
export function edgeNote(
  name: string,
  chosen: number,
  rates: readonly number[],
): string[] {
  if (rates.length < 2) return [];
  const edge = chosen === Math.max(...rates)
    ? "largest"
    : chosen === Math.min(...rates)
    ? "smallest"
    : undefined;
  return edge === undefined ? [] : [
    `${name}: the chosen rate, ${chosen}, is the ${edge} that was tried; the best may lie beyond.`,
  ];
}
