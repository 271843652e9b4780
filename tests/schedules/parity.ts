/**
 * The table of Slope's schedules against those of other libraries, from the
 * golden values. Run as a program it writes docs/parity.md.
 */
import {
  type GoldenCase,
  goldenCases,
  largestDifference,
  libraries,
  versions,
} from "./golden.ts";

/** The kinds of schedule in a spec, the outermost first, each once. */
function kindsOf(spec: unknown): string[] {
  if (typeof spec !== "object" || spec === null) return [];
  const { kind, ...rest } = spec as Record<string, unknown>;
  const inner = Object.values(rest).flatMap(kindsOf);
  return [...new Set(typeof kind === "string" ? [kind, ...inner] : inner)];
}

/** The cases by one of their fields, in the order of their first. */
function grouped(
  cases: readonly GoldenCase[],
  key: "schedule" | "differs",
): Map<string, GoldenCase[]> {
  return Map.groupBy(cases, (one) => one[key] ?? "");
}

/** The largest difference of some cases, with one digit: rounding is not more. */
function differenceOf(cases: readonly GoldenCase[]): string {
  const largest = Math.max(
    ...cases.map((one) => largestDifference(one).difference),
  );
  return largest === 0 ? "0" : largest.toExponential(0);
}

/** Kinds as a cell of the table: what a schedule is written as in Slope. */
function kindCell(cases: readonly GoldenCase[]): string {
  const names = new Set(cases.flatMap(({ spec }) => kindsOf(spec)));
  return [...names].map((kind) => `\`${kind}\``).join(", ");
}

/** The page. */
export function parityPage(): string {
  const rows: string[] = [];
  const differences: string[] = [];
  for (const library of libraries) {
    const own = goldenCases.filter((one) => one.library === library);
    const name = `${library} ${versions[library]}`;
    const agreeing = own.filter(({ differs }) => differs === undefined);
    for (const [schedule, cases] of grouped(agreeing, "schedule")) {
      const points = cases.reduce((sum, { steps }) => sum + steps.length, 0);
      rows.push(
        `| ${name} | \`${schedule}\` | ${
          kindCell(cases)
        } | ${cases.length} | ` +
          `${points} | ${differenceOf(cases)} |`,
      );
    }
    const differing = own.filter(({ differs }) => differs !== undefined);
    for (const [reason, cases] of grouped(differing, "differs")) {
      differences.push(
        `| ${name} | \`${cases[0]!.schedule}\` | ${cases.length} | ${reason} |`,
      );
    }
  }
  return `# Schedules of other libraries

Written by \`deno run -A tests/schedules/parity.ts\` from
\`tests/golden/schedules.jsonl\`, which \`tests/golden/schedules.py\` makes with
the libraries themselves. The steps compared include 0, the last, those past the
end, both sides of every restart and boundary, and milestones at 0. A difference
is relative, |Slope − library| / |library|; what is below 10⁻¹⁶ of the greatest
value of its schedule counts as zero. All are computed in float64.

## Agreement

| library | schedule | in Slope | cases | values | largest difference |
| --- | --- | --- | ---: | ---: | ---: |
${rows.join("\n")}

## Documented differences

What a library does otherwise and Slope does not copy. The tests check that each
difference is still there.

| library | schedule | cases | what it does |
| --- | --- | ---: | --- |
${differences.join("\n")}
`;
}

if (import.meta.main) {
  const page = new URL("../../docs/parity.md", import.meta.url);
  await Deno.mkdir(new URL(".", page), { recursive: true });
  await Deno.writeTextFile(page, parityPage());
}
