import type { RandomStream } from "../../random/stream.ts";
import type { Dataset } from "../dataset.ts";
import { displayed } from "../displayed.ts";
import {
  type GeneratedOptions,
  GeneratedStream,
  generateImages,
} from "./generate_images.ts";

/** The words of a text: the most that one can have. */
export const OPINION_LENGTH = 17;

/** The opinions of a text. */
const COUNT = 3;

/** What opinions are: the first are negative. */
const OPINIONS = [
  ["awful", "bad", "dull", "poor", "silly", "weak"],
  ["fine", "good", "great", "lovely", "moving", "superb"],
] as const;

const NEGATIONS = ["hardly", "never", "not"] as const;
const INTENSIFIERS = ["quite", "really", "very"] as const;

const FILLERS =
  "a acting actor and camera director dialogue ending film friends house in it led light music of on plot scene script seen seemed she story that the this time town we with"
    .split(" ");

/** The words by their ids. */
const WORDS: readonly string[] = [
  "<padding>",
  "<unknown>",
  ...OPINIONS.flat(),
  ...NEGATIONS,
  ...INTENSIFIERS,
  ...FILLERS,
];

const idOf = new Map(WORDS.map((word, id) => [word, id]));

/** How often an opinion is negated, and how often made stronger. */
const NEGATED = 0.4, INTENSIFIED = 0.3;

/**
 * Generates the negated opinions: texts of made-up film reviews whose opinions are
 * turned round by a word before them, without any file.
 *
 * A text has three opinions, such as "good" or "dull"; two or all of them agree with
 * its class. Two in five are said by their opposite with a negation: "not dull" is an
 * opinion in favour, and there may be a "very" between. Around them are words that
 * tell nothing. So counts of words tell little, and their order tells all. Texts have
 * up to 17 words of 52; inputs are ids, with 0 in front of shorter texts. The classes are
 * balanced.
 *
 * On the default examples a linear model of the counts of words reaches about 60 % on
 * the test examples, a bidirectional LSTM 100 %.
 *
 * @param options Seed and number of examples.
 * @returns The data set; its arrays belong to the caller.
 * @throws {RangeError} If a number of examples is not a positive integer, or
 * the seed is out of range.
 *
 * @example
 * ```ts
 * import { negatedOpinions } from "./negated_opinions.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { train, words, classNames } = negatedOpinions({ train: 20, test: 10 });
 * const text = [...train.inputs.subarray(0, 17)].filter((id) => id > 0)
 *   .map((id) => words![id]).join(" ");
 * strictEqual(classNames[train.labels[0]!], "negative");
 * strictEqual(
 *   text,
 *   "story and very awful script silly she that awful dialogue actor",
 * );
 * ```
 */
export function negatedOpinions(options: GeneratedOptions = {}): Dataset {
  const { seed = 0, train = 2000, test = 1000 } = options;
  const texts = (stream: number, count: number) =>
    generateImages({
      seed,
      stream,
      count,
      classes: 2,
      size: OPINION_LENGTH,
      draw: writeText,
    });
  return displayed({
    name: "negated-opinions",
    kind: "classification",
    shape: [OPINION_LENGTH],
    classes: 2,
    classNames: ["negative", "positive"],
    train: texts(GeneratedStream.negatedOpinionsTrain, train),
    test: texts(GeneratedStream.negatedOpinionsTest, test),
    words: [...WORDS],
    source: "generated",
  });
}

function writeText(
  ids: Float32Array,
  label: number,
  stream: RandomStream,
): void {
  const one = (words: readonly string[]) =>
    words[stream.integer(words.length)]!;
  const some = (most: number) =>
    Array.from({ length: 1 + stream.integer(most) }, () => one(FILLERS));
  const agreeing = 2 + stream.integer(2);
  const order = stream.permutation(COUNT);
  const text = Array.from({ length: COUNT }, (_, i) => {
    const opinion = order[i]! < agreeing ? label : 1 - label;
    const negated = stream.uniform() < NEGATED;
    return [
      ...some(2),
      ...negated ? [one(NEGATIONS)] : [],
      ...stream.uniform() < INTENSIFIED ? [one(INTENSIFIERS)] : [],
      one(OPINIONS[negated ? 1 - opinion : opinion]!),
    ];
  }).flat();
  text.push(...some(2));
  ids.set(text.map((word) => idOf.get(word)!), OPINION_LENGTH - text.length);
}
