/**
 * Counts lost outputs of Slope's kernel and of Deno's own, side by side.
 *
 * Usage: deno run -A tests/kernel/loss_table.ts [--full] [--slope-only]
 *
 * Exit code: 0 if Slope's kernel lost nothing and was fast enough, else 3.
 */
import { parseArgs } from "@std/cli/parse-args";
import { execute, type Place, withJupyter } from "./jupyter.ts";
import { countWithNbconvert, countWithTwoClients } from "./loss_clients.ts";
import { countShort, lossCases } from "./loss_cases.ts";

/** What became of one kind of cells in one kernel. */
export interface LossRow {
  /** The kind. */
  name: string;
  /** The kernel. */
  kernel: string;
  /** The cells. */
  cells: number;
  /** Those that do not show what they should. */
  short: number;
  /** Milliseconds of the cell in the middle. */
  median: number;
  /** Seconds until the kernel was ready. */
  ready: number;
}

/** Runs the notebooks. */
export async function countLosses(
  place: Place,
  { full, kernels }: { full: boolean; kernels: string[] },
): Promise<LossRow[]> {
  const jobs = lossCases.flatMap(({ name, count, cell }) =>
    kernels.map((kernel) => ({
      name,
      kernel,
      expected: Array.from({ length: count[full ? 1 : 0] }, (_, i) => cell(i)),
    }))
  );
  const executed = await execute(
    place,
    jobs.map(({ kernel, expected }) => ({
      kernel,
      cells: expected.map(({ source }) => source),
    })),
  );
  return jobs.map(({ name, kernel, expected }, index) => {
    const { outputs, seconds, ready } = executed[index]!;
    const sorted = seconds.toSorted((a, b) => a - b);
    return {
      name,
      kernel,
      cells: expected.length,
      short: countShort(expected.map(({ shows }) => shows), outputs, {
        compareErrors: kernel === "slope",
      }),
      median: 1000 * sorted[Math.floor(sorted.length / 2)]!,
      ready,
    };
  });
}

/** The rows as a table in Markdown, kernels side by side. */
function tableOf(rows: LossRow[], kernels: string[]): string {
  const cell = (name: string, kernel: string) => {
    const row = rows.find((row) => row.name === name && row.kernel === kernel)!;
    return `${row.short} of ${row.cells}, ${row.median.toFixed(1)} ms`;
  };
  return [
    `| cells | ${kernels.join(" | ")} |`,
    `| --- |${" --- |".repeat(kernels.length)}`,
    ...lossCases.map(({ name }) =>
      `| ${name} | ${kernels.map((kernel) => cell(name, kernel)).join(" | ")} |`
    ),
  ].join("\n");
}

/** The cells of the notebooks that other clients run. */
const OTHER_CELLS = 60;

/** The clients besides nbclient, of which the full form has a row each. */
const others = [
  ["two clients, mixed", countWithTwoClients],
  ["nbconvert, mixed", countWithNbconvert],
] as const;

if (import.meta.main) {
  const { full, "slope-only": slopeOnly } = parseArgs(Deno.args, {
    boolean: ["full", "slope-only"],
  });
  const kernels = slopeOnly ? ["slope"] : ["stock", "slope"];
  let lost = 0;
  await withJupyter(async (place) => {
    const rows = await countLosses(place, { full, kernels });
    console.log("Cells that lost outputs, and the median time of a cell\n");
    console.log(tableOf(rows, kernels));
    if (full) {
      for (const [name, count] of others) {
        const counts: string[] = [];
        for (const kernel of kernels) {
          const short = await count(place, kernel, OTHER_CELLS);
          counts.push(`${short} of ${OTHER_CELLS}`);
          if (kernel === "slope") lost += short;
        }
        console.log(`| ${name} | ${counts.join(" | ")} |`);
      }
    }
    for (const kernel of kernels) {
      const ready = rows.filter((row) => row.kernel === kernel)
        .map((row) => row.ready).sort((a, b) => a - b);
      const middle = ready[Math.floor(ready.length / 2)]!;
      console.log(`\n${kernel}: ready in ${middle.toFixed(2)} s`);
    }
    lost += rows.filter(({ kernel }) => kernel === "slope")
      .reduce((sum, { short }) => sum + short, 0);
  });
  Deno.exit(lost > 0 ? 3 : 0);
}
