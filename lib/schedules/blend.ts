/**
 * The number between two others that a schedule has reached.
 *
 * @param from The value where all the way remains.
 * @param to The value where none of it remains.
 * @param remaining The share of the way that remains, from 1 to 0. Either end
 * is reached exactly, which `to + (from − to)·remaining` does not promise.
 */
export function blend(from: number, to: number, remaining: number): number {
  return from * remaining + to * (1 - remaining);
}
