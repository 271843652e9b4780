/**
 * Which rows a command is about.
 *
 * @module
 */
import { catalogue, rowId, type Scale, scales } from "../studies/catalogue.ts";
import { didYouMean } from "../text/nearest.ts";
import { UsageError } from "./command.ts";

/** The ids of all rows. */
export const allRowIds: readonly string[] = catalogue.flatMap((paper) =>
  paper.rows.map((row) => rowId(paper, row))
);

/** A scale by its name. */
export function readScale(name: string): Scale {
  if (!(scales as readonly string[]).includes(name)) {
    throw new UsageError(
      `--scale must be ${scales.join(", ")}, got ${name}${
        didYouMean(name, scales)
      }`,
    );
  }
  return name as Scale;
}

/** The values of an option that may be repeated or hold several, separated by commas. */
function values(option: string, given: readonly string[]): string[] {
  const found = given.flatMap((text) => text.split(","))
    .filter((text) => text !== "");
  // Nothing named is not the same as everything.
  if (given.length > 0 && found.length === 0) {
    throw new UsageError(`${option} names nothing; --list shows the rows`);
  }
  return found;
}

/**
 * The ids that papers and figures name; all where nothing is named.
 *
 * A figure may go by its item alone where only one of the named papers has it.
 */
export function selectRows(
  papers: readonly string[],
  figures: readonly string[],
): string[] {
  const names = catalogue.map(({ name }) => name);
  const chosen = values("--paper", papers);
  for (const name of chosen) {
    if (!names.includes(name)) {
      throw new UsageError(
        `--paper must be ${names.join(", ")}, got ${name}${
          didYouMean(name, names)
        }`,
      );
    }
  }
  const within = allRowIds.filter((id) =>
    chosen.length === 0 || chosen.includes(id.split("/")[0]!)
  );
  const wanted = values("--figure", figures);
  if (wanted.length === 0) return within;
  const found = new Set(wanted.map((figure) => {
    const matches = within.filter((id) =>
      id === figure || id.endsWith(`/${figure}`)
    );
    if (matches.length === 1) return matches[0]!;
    throw new UsageError(
      matches.length > 1
        ? `--figure ${figure} is in several papers: ${matches.join(", ")}`
        : `--figure ${figure} is not a row; --list shows them${
          didYouMean(figure, within)
        }`,
    );
  }));
  return within.filter((id) => found.has(id));
}
