/**
 * What `reproduce --list` shows.
 *
 * @module
 */
import { catalogue, rowId, type Scale, scales } from "../studies/catalogue.ts";
import { studyItem } from "../studies/report_input.ts";
import { allPlans } from "../studies/row_plans.ts";
import { expectedSeconds } from "../studies/step_seconds.ts";

/** A row and what is built of it at one scale. */
export interface ScaleState {
  state: "ready" | "not run";
  /** About how long it takes, in seconds; null where it cannot be run. */
  expectedSeconds: number | null;
}

/** One row of the list. */
export interface ListedRow {
  id: string;
  paper: string;
  item: string;
  title: string;
  claim: string | null;
  /** What the paper used. */
  data: string;
  /** Whether it is one of the rows that the paper stands on. */
  headline: boolean;
  scales: Record<Scale, ScaleState>;
}

/** The rows with these ids, in the catalogue's order. */
export function listRows(ids: readonly string[]): ListedRow[] {
  const wanted = new Set(ids);
  return catalogue.flatMap((paper) =>
    paper.rows.filter((row) => wanted.has(rowId(paper, row))).map((row) => {
      const built = studyItem(paper.name, row.item)?.studyItem;
      const state = (scale: Scale): ScaleState => {
        const plans = built && allPlans(built, scale);
        return plans === undefined
          ? { state: "not run", expectedSeconds: null }
          : {
            state: "ready",
            expectedSeconds: Math.ceil(expectedSeconds(plans)),
          };
      };
      return {
        id: rowId(paper, row),
        paper: paper.name,
        item: row.item,
        title: row.title,
        claim: row.claim,
        data: row.data,
        headline: built?.headline ?? false,
        scales: Object.fromEntries(
          scales.map((scale) => [scale, state(scale)]),
        ) as Record<Scale, ScaleState>,
      };
    })
  );
}

function time({ state, expectedSeconds: seconds }: ScaleState): string {
  if (state === "not run" || seconds === null) return "not run";
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** The list as text: id, time at each scale, data, what the row shows. */
export function listText(rows: readonly ListedRow[]): string {
  const cells = [
    ["row", ...scales, "data", "shows"],
    ...rows.map((row) => [
      row.id + (row.headline ? " *" : ""),
      ...scales.map((scale) => time(row.scales[scale])),
      row.data,
      row.title,
    ]),
  ];
  const widths = cells[0]!.map((_, i) =>
    Math.max(...cells.map((line) => line[i]!.length))
  );
  const lines = cells.map((line) =>
    line.map((cell, i) =>
      i === line.length - 1 ? cell : cell.padEnd(widths[i]!)
    ).join("  ")
  );
  const built = rows.filter((row) => row.scales.smoke.state === "ready").length;
  return [
    ...lines,
    "",
    `${rows.length} rows, ${built} built. * headline rows. Times: smoke and small on two cores, paper on a GPU (reckoned).`,
  ].join("\n");
}
