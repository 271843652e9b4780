/**
 * The largest spec there may be: specs come from files and command lines, and
 * reading one must not exhaust the stack or the memory.
 *
 * @module
 */

/** How deep objects and lists may nest. */
export const MAXIMUM_DEPTH = 64;

/** How many values a spec may hold, at all depths together. */
export const MAXIMUM_VALUES = 4096;

/**
 * Refuses a value with more or deeper nested parts than a spec may have, be it
 * circular.
 *
 * @param value What is to be a spec.
 * @param what What the spec describes, for messages.
 * @throws {RangeError} If it is too deep or holds too many values.
 */
export function checkSize(value: unknown, what = "a schedule"): void {
  let count = 0;
  function visit(part: unknown, depth: number): void {
    if (depth > MAXIMUM_DEPTH) {
      throw new RangeError(
        `${what} must nest at most ${MAXIMUM_DEPTH} objects and lists deep, got a deeper one`,
      );
    }
    if (++count > MAXIMUM_VALUES) {
      throw new RangeError(
        `${what} must hold at most ${MAXIMUM_VALUES} values, got more`,
      );
    }
    if (typeof part !== "object" || part === null) return;
    for (const member of Object.values(part)) visit(member, depth + 1);
  }
  visit(value, 0);
}
