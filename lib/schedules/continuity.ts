/** How far apart the ends of two continuous pieces may be, as a share. */
const GAP = 1e-9;

/**
 * Refuses a jump between two pieces.
 *
 * @param end The value where the first piece ends.
 * @param next The value where the second begins.
 * @param path Where the second stands.
 * @throws {RangeError} If they differ by more than 1e-9 of the greater.
 */
export function checkMeet(end: number, next: number, path: string): void {
  if (Math.abs(end - next) <= GAP * Math.max(Math.abs(end), Math.abs(next))) {
    return;
  }
  throw new RangeError(
    `${path} must begin at ${end}, where the piece before it ends, got ${next}`,
  );
}
