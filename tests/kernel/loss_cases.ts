/** Notebooks of which a kernel can lose outputs. */
import type { Output } from "./jupyter.ts";

/** Cells of one kind. */
export interface LossCase {
  /** What they do. */
  name: string;
  /** How many there are: in the short form, and in the full one. */
  count: [short: number, full: number];
  /** One of them, and the texts (or lengths) it has to show. */
  cell(index: number): { source: string; shows: (string | number)[] };
}

const MEGABYTE = 2 ** 20;
const display = (text: string) =>
  `await Deno.jupyter.display({ "text/plain": ${text} }, { raw: true });`;
const long = (megabytes: number) => `"x".repeat(${megabytes * MEGABYTE})`;
const bare = (megabytes: number) => ({
  source: `Deno.jupyter.html\`\${${long(megabytes)}}\``,
  shows: [megabytes * MEGABYTE],
});

/** The rows of the table. */
export const lossCases: LossCase[] = [
  {
    name: "small",
    count: [60, 1000],
    cell: (index) =>
      [
        { source: `${index} * 2`, shows: [`${index * 2}`] },
        { source: display(`"d${index}"`), shows: [`d${index}`] },
        {
          source: `console.log("c${index}"); ${index}`,
          shows: [`c${index}\n`, `${index}`],
        },
        {
          source: `Deno.jupyter.html\`<b>${index}</b>\``,
          shows: [`<b>${index}</b>`],
        },
        {
          source: `${display(`"d${index}"`)} ({ a: ${index} })`,
          shows: [`d${index}`, `{ a: ${index} }`],
        },
      ][index % 5]!,
  },
  {
    name: "4 displays and a value",
    count: [15, 50],
    cell: (index) => ({
      source: `${
        [0, 1, 2, 3].map((number) => display(`"d${number}"`)).join(" ")
      } ${index}`,
      shows: ["d0", "d1", "d2", "d3", `${index}`],
    }),
  },
  {
    name: "failing",
    count: [15, 200],
    cell: (index) => ({
      source: `console.log("c${index}"); throw new Error("e${index}")`,
      shows: [
        `c${index}\n`,
        `Error: e${index}\n    at line 1 of the cell: ` +
        `console.log("c${index}"); throw new Error("e${index}")`,
      ],
    }),
  },
  { name: "4 MB", count: [3, 20], cell: () => bare(4) },
  {
    name: "4 MB displayed, a value",
    count: [3, 20],
    cell: (index) => ({
      source: `${display(long(4))} ${index}`,
      shows: [4 * MEGABYTE, `${index}`],
    }),
  },
  {
    name: "4 MB displayed, thrown",
    count: [3, 20],
    cell: () => ({
      source: `${display(long(4))} throw new Error("e")`,
      shows: [
        4 * MEGABYTE,
        `Error: e\n    at line 1 of the cell: ${
          display(long(4))
        } throw new Error("e")`,
      ],
    }),
  },
  {
    name: "4 MB printed, thrown",
    count: [1, 20],
    cell: () => ({
      source: `console.log(${long(4)}); throw new Error("e")`,
      shows: [
        4 * MEGABYTE + 1,
        `Error: e\n    at line 1 of the cell: console.log(${
          long(4)
        }); throw new Error("e")`,
      ],
    }),
  },
  { name: "24 MB", count: [1, 8], cell: () => bare(24) },
];

/** The number of cells that do not show what they should. */
export function countShort(
  expected: readonly (string | number)[][],
  outputs: readonly Output[][],
  { compareErrors }: { compareErrors: boolean },
): number {
  return expected.filter((shows, index) => {
    const got = outputs[index] ?? [];
    return got.length !== shows.length || shows.some((text, at) => {
      const [type, shown] = got[at]!;
      return shown !== text && (type !== "error" || compareErrors);
    });
  }).length;
}
