/**
 * The name that somebody probably meant: the nearest match of a misspelt one.
 *
 * @module
 */
import { show } from "./show.ts";

/** Names longer than this are not compared: nobody typed them. */
const LONGEST = 64;

/**
 * The edit distance of two strings: the least number of insertions, deletions,
 * substitutions and swaps of neighbours that turn one into the other
 * (optimal string alignment).
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(substitution, last[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] &&
        a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, beforeLast[j - 2]! + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** Case and the marks between words are not what a name is about. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

/**
 * The candidate nearest to a misspelt name, if one is near enough.
 *
 * Near enough is an edit distance of at most a third of the name's length,
 * rounded up; upper and lower case, hyphens, underscores and spaces count for
 * nothing. Of equally near candidates the first is returned.
 *
 * @param name What was typed.
 * @param candidates The names there are.
 * @returns The nearest candidate, or `undefined` if none is near.
 *
 * @example
 * ```ts
 * import { nearest } from "./nearest.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(nearest("cosin", ["constant", "cosine", "linear"]), "cosine");
 * strictEqual(nearest("k-decay", ["cosine", "kDecay"]), "kDecay");
 * strictEqual(nearest("banana", ["constant", "cosine"]), undefined);
 * ```
 */
export function nearest(
  name: string,
  candidates: Iterable<string>,
): string | undefined {
  if (name.length > LONGEST) return undefined;
  const typed = plain(name);
  let least = Math.ceil(typed.length / 3) + 1;
  let found: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(typed, plain(candidate));
    if (distance < least) [least, found] = [distance, candidate];
  }
  return found;
}

/**
 * The end of an error message about a misspelt name: a question that names the
 * {@linkcode nearest} candidate, or nothing if none is near.
 *
 * @param name What was typed.
 * @param candidates The names there are.
 * @returns Text to append to a message, such as `; did you mean "cosine"?`.
 *
 * @example
 * ```ts
 * import { didYouMean } from "./nearest.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(didYouMean("form", ["from", "to"]), '; did you mean "from"?');
 * strictEqual(didYouMean("banana", ["from", "to"]), "");
 * ```
 */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const match = nearest(name, candidates);
  return match === undefined ? "" : `; did you mean ${show(match)}?`;
}
