import { DatasetError } from "../dataset_error.ts";

/** Texts with their classes. */
export interface Reviews {
  /** The texts. */
  texts: string[];
  /** 0 for a negative review, 1 for a positive one. */
  labels: number[];
}

/** The most reviews of a split. */
export const MOST_REVIEWS = 100_000;

/** A line: class, rating, number, text. */
const LINE = /^([01])\t(10|[1-9])\t(\d{1,6})\t([^]*\S[^]*)$/;

/**
 * The class of a rating: reviews of 5 and 6 points are of no class.
 *
 * @param rating Points, 1 to 10.
 * @returns 0 up to 4 points, 1 from 7 on, otherwise undefined.
 */
export function classOfRating(rating: number): 0 | 1 | undefined {
  return rating <= 4 ? 0 : rating >= 7 ? 1 : undefined;
}

/**
 * Reads reviews from tab-separated text: a review a line, its class (0 negative, 1
 * positive), rating (1 to 4, or 7 to 10), number and text, which may hold tabs.
 *
 * @param text The file.
 * @param file The file's name, for errors.
 * @throws {DatasetError} If a line is not such a line, class and rating disagree, or
 * there are no reviews or too many.
 *
 * @example
 * ```ts
 * import { parseReviews } from "./reviews.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(parseReviews("0\t2\t0\tDull.\n1\t9\t7\tFine.\n", "a"), {
 *   texts: ["Dull.", "Fine."],
 *   labels: [0, 1],
 * });
 * ```
 */
export function parseReviews(text: string, file: string): Reviews {
  const lines = text.trimEnd().split("\n");
  if (text.trim() === "" || lines.length > MOST_REVIEWS) {
    throw new DatasetError(
      `${file}: has ${
        text.trim() === "" ? 0 : lines.length
      } reviews, expected 1 to ${MOST_REVIEWS}`,
    );
  }
  const labels: number[] = [];
  const texts = lines.map((line, i) => {
    const match = LINE.exec(line);
    if (match === null) {
      throw new DatasetError(
        `${file}: line ${
          i + 1
        }: expected class, rating, number and text with tabs between, got ${
          JSON.stringify(line.slice(0, 40))
        }`,
      );
    }
    const [, label, rating, , review] = match;
    if (classOfRating(Number(rating)) !== Number(label)) {
      throw new DatasetError(
        `${file}: line ${
          i + 1
        }: class ${label} does not fit a rating of ${rating}: 0 is for 1 to 4, 1 for 7 to 10`,
      );
    }
    labels.push(Number(label));
    return review!;
  });
  return { texts, labels };
}
