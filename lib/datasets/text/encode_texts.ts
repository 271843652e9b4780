import { tokenise } from "./tokenise.ts";

/** What ids 0 and 1 are called. */
const NO_WORDS = ["<padding>", "<unknown>"] as const;

/** Texts as ids of words. */
export interface EncodedTexts {
  /** The words by their ids; the first two are padding and the unknown word. */
  words: string[];
  /** The ids of the texts to train on, `length` a text. */
  train: Float32Array;
  /** Those of the texts to test on. */
  test: Float32Array;
}

/** How texts are encoded. */
export interface EncodeOptions {
  /** The words that are kept of each text: its last ones. */
  length: number;
  /** The most ids, those of padding and of unknown words among them. */
  vocabulary: number;
}

/** The words of texts, numbered as they come. */
function numbered(texts: readonly string[], length: number) {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const ends = texts.map((text) => {
    const own = tokenise(text).map((word) => {
      const number = numbers.get(word) ?? numbers.size;
      if (number === numbers.size) numbers.set(word, number);
      counts[number] = (counts[number] ?? 0) + 1;
      return number;
    });
    return own.slice(-length);
  });
  return { names: [...numbers.keys()], counts, ends };
}

/** Sequences of one length, with 0 in front of the shorter ones. */
function padded(
  sequences: readonly (readonly number[])[],
  length: number,
): Float32Array {
  const ids = new Float32Array(sequences.length * length);
  sequences.forEach((sequence, i) =>
    ids.set(sequence, (i + 1) * length - sequence.length)
  );
  return ids;
}

/**
 * Turns texts into sequences of word ids of one length.
 *
 * The vocabulary are the most frequent words of the texts to train on (of equally
 * frequent ones the first in the order of their code points), from id 2 on, so a
 * smaller vocabulary is the beginning of a larger one. Of each text the last words are
 * kept: what a review ends with says most of what its writer thinks. Shorter texts
 * have 0 in front, words without an id are 1.
 *
 * @param train Texts to train on.
 * @param test Texts to test on.
 * @param options Length and size of the vocabulary.
 *
 * @example
 * ```ts
 * import { encodeTexts } from "./encode_texts.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { words, train, test } = encodeTexts(
 *   ["A good, good film", "A bad film"],
 *   ["What a film"],
 *   { length: 4, vocabulary: 5 },
 * );
 * deepStrictEqual(words, ["<padding>", "<unknown>", "a", "film", "good"]);
 * deepStrictEqual([...train], [2, 4, 4, 3, 0, 2, 1, 3]);
 * deepStrictEqual([...test], [0, 1, 2, 3]);
 * ```
 */
export function encodeTexts(
  train: readonly string[],
  test: readonly string[],
  { length, vocabulary }: EncodeOptions,
): EncodedTexts {
  const { names, counts, ends } = numbered(train, length);
  const order = names.map((_, number) => number).sort((a, b) =>
    counts[b]! - counts[a]! || (names[a]! < names[b]! ? -1 : 1)
  ).slice(0, Math.max(0, vocabulary - NO_WORDS.length));
  const words = [...NO_WORDS, ...order.map((number) => names[number]!)];
  const idOfNumber = new Int32Array(names.length).fill(1);
  order.forEach((number, i) => idOfNumber[number] = i + NO_WORDS.length);
  const idOfWord = new Map(
    order.map((number, i) => [names[number]!, i + NO_WORDS.length]),
  );
  return {
    words,
    train: padded(
      ends.map((own) => own.map((number) => idOfNumber[number]!)),
      length,
    ),
    test: padded(
      test.map((text) =>
        tokenise(text).slice(-length).map((word) => idOfWord.get(word) ?? 1)
      ),
      length,
    ),
  };
}
