/** Tags, which tell nothing; most are line breaks. */
const TAG = /<[^<>]{0,100}>/g;

/**
 * A word before "n't"; "n't"; what follows an apostrophe at a word's end; words with
 * hyphens taken apart; marks of exclamation and question.
 */
const TOKEN =
  /\p{L}+?(?=n't(?!\p{L}))|n't|'(?:s|m|re|ve|ll|d)(?!\p{L})|[\p{L}\p{N}]+|[!?]/gu;

/**
 * The words of a text, in lower case.
 *
 * Tags are left out; so is punctuation, but for `!` and `?`. Contractions are taken
 * apart as in the vocabulary of GloVe and in the Penn Treebank: `don't` is `do n't`,
 * `it's` is `it 's`.
 *
 * @param text Any text.
 * @returns Its words in their order.
 *
 * @example
 * ```ts
 * import { tokenise } from "./tokenise.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(
 *   tokenise("It's GREAT!<br />Don't miss this well-made film."),
 *   ["it", "'s", "great", "!", "do", "n't", "miss", "this", "well", "made", "film"],
 * );
 * ```
 */
export function tokenise(text: string): string[] {
  return text.replace(TAG, " ").replaceAll("’", "'").toLowerCase()
    .match(TOKEN) ?? [];
}
