import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { createHash } from "node:crypto";
import type { Dataset, Split } from "../../../lib/datasets/dataset.ts";
import { negatedOpinions } from "../../../lib/datasets/generated/negated_opinions.ts";

const LENGTH = 17;

/** The words of an example, padding left out. */
function textOf({ words }: Dataset, { inputs }: Split, i: number): string[] {
  return [...inputs.subarray(i * LENGTH, (i + 1) * LENGTH)]
    .filter((id) => id > 0).map((id) => words![id]!);
}

const OPPOSITES = {
  negative: ["awful", "bad", "dull", "poor", "silly", "weak"],
  positive: ["fine", "good", "great", "lovely", "moving", "superb"],
};

/** What a reader makes of a text: the class that most of its opinions speak for. */
function read(text: string[]): string {
  let sum = 0;
  text.forEach((word, i) => {
    const sign = OPPOSITES.positive.includes(word)
      ? 1
      : OPPOSITES.negative.includes(word)
      ? -1
      : 0;
    const before = ["quite", "really", "very"].includes(text[i - 1] ?? "")
      ? text[i - 2]
      : text[i - 1];
    sum += ["hardly", "never", "not"].includes(before ?? "") ? -sign : sign;
  });
  return sum > 0 ? "positive" : "negative";
}

Deno.test("negatedOpinions: what they say is their class, and they are balanced", () => {
  const dataset = negatedOpinions();
  for (const split of [dataset.train, dataset.test]) {
    let positive = 0;
    for (let i = 0; i < split.count; i++) {
      const text = textOf(dataset, split, i);
      const label = split.labels[i]!;
      strictEqual(read(text), dataset.classNames[label], text.join(" "));
      ok(text.length >= 7 && text.length <= LENGTH, `${text.length}`);
      positive += label;
    }
    strictEqual(positive, split.count / 2);
  }
  // Padding only in front.
  ok(
    !/,0/.test(
      `${[...dataset.train.inputs.subarray(0, LENGTH)]}`.replace(/^(0,)*/, ""),
    ),
  );
});

Deno.test("negatedOpinions: the same words everywhere, each example of its own", () => {
  const { train, test } = negatedOpinions();
  const hash = createHash("sha256");
  for (const { inputs } of [train, test]) hash.update(Uint8Array.from(inputs));
  strictEqual(
    hash.digest("hex"),
    "418c64732048acab1d9f03b795e9fdef7559486797ba852b6607f5114b985920",
  );
  const small = negatedOpinions({ train: 30, test: 20 });
  deepStrictEqual(small.train.inputs, train.inputs.subarray(0, 30 * LENGTH));
  const other = negatedOpinions({ seed: 1, train: 30, test: 20 });
  ok(other.train.inputs.join() !== small.train.inputs.join());
});

/** The test accuracy of logistic regression on counts of words. */
function bagAccuracy({ train, test, words }: Dataset): number {
  const size = words!.length;
  const counts = ({ inputs, count }: Split) =>
    Array.from({ length: count }, (_, i) => {
      const row = new Float64Array(size);
      for (const id of inputs.subarray(i * LENGTH, (i + 1) * LENGTH)) {
        if (id > 0) row[id]!++;
      }
      row[0] = 1;
      return row;
    });
  const weights = new Float64Array(size);
  const score = (row: Float64Array) =>
    row.reduce((sum, x, j) => sum + x * weights[j]!, 0);
  const rows = counts(train);
  for (let epoch = 0; epoch < 200; epoch++) {
    const gradient = new Float64Array(size);
    rows.forEach((row, i) => {
      const gap = 1 / (1 + Math.exp(-score(row))) - train.labels[i]!;
      row.forEach((x, j) => gradient[j]! += gap * x / rows.length);
    });
    gradient.forEach((g, j) => weights[j]! -= 0.5 * g);
  }
  const right = counts(test).filter((row, i) =>
    (score(row) > 0) === (test.labels[i] === 1)
  );
  return right.length / test.count;
}

Deno.test("negatedOpinions: counts of words tell something, not enough", () => {
  const accuracy = bagAccuracy(negatedOpinions());
  ok(accuracy > 0.52 && accuracy < 0.68, `accuracy is ${accuracy}`);
});

Deno.test("negatedOpinions: refuses what cannot be made", () => {
  throws(() => negatedOpinions({ train: 0 }), RangeError);
  throws(() => negatedOpinions({ seed: -1 }), RangeError);
});
