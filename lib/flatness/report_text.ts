/**
 * A report on a terminal.
 *
 * @module
 */
import { duration, formatInvariance, formatValue, short } from "./format.ts";
import { type MetricName, metrics } from "./measurement.ts";
import type { FlatnessReport } from "./report.ts";
import {
  checkSentences,
  directionsSentence,
  noteSentences,
  rescalingSentences,
} from "./sentences.ts";

/** Lines of columns that are as wide as their longest cell. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) =>
    Math.max(...rows.map((row) => row[c]!.length))
  );
  return rows.map((row) =>
    row.map((cell, c) => cell.padEnd(widths[c]!)).join("  ").trimEnd()
  );
}

/** Names of files and layers are others' text: no control characters. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, "�");
}

/**
 * The report as plain text.
 *
 * @returns Lines, without one at the end.
 */
export function reportText(report: FlatnessReport): string {
  const { model, data, settings, measurements, comparison } = report;
  const names = Object.keys(measurements) as MetricName[];
  const head = ["", "value ± standard error", "invariant to", "cost"];
  const rows = names.map((name) => {
    const one = measurements[name]!;
    return [
      metrics[name].title,
      formatValue(one),
      formatInvariance(one),
      String(one.cost),
    ];
  });
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const compared = comparison === undefined ? [] : [
    "",
    `Other model: ${comparison.model.path}`,
    ...columns([
      ["", "value ± standard error", "other − this"],
      ...names.flatMap((name) => {
        const one = comparison.measurements[name];
        const difference = comparison.differences[name];
        return one === undefined ? [] : [[
          metrics[name].title,
          formatValue(one),
          difference === undefined ? "—" : formatValue({
            ...difference,
            cost: 0,
            invariantTo: [],
          }),
        ]];
      }),
    ]),
    ...section(
      "Paired directions",
      comparison.directions.map(directionsSentence),
    ),
    ...section(
      "Self-checks of the other",
      checkSentences(comparison.selfChecks),
    ),
    ...section(
      "Rescaling of the other",
      rescalingSentences(comparison.rescaling),
    ),
  ];
  return [
    `${model.path}: ${model.parameters} parameters, weights ${
      model.weightsSha256.slice(0, 12)
    }…`,
    `${data.path}: ${data.examples} of ${data.of} examples, ${
      data.sha256.slice(0, 12)
    }…`,
    `${settings.loss}, ${settings.precision} on ${settings.backend}, seed ${settings.seed}, batches of ${settings.batchSize}; ${
      duration(report.seconds)
    } (expected: ${duration(report.expectedSeconds)})`,
    "",
    ...columns([head, ...rows]),
    `Cost: forward passes over the ${data.examples} examples. Lists of eigenvalues descend.`,
    ...section("Notes", noteSentences(report)),
    ...section("Self-checks", checkSentences(report.selfChecks)),
    ...section("Rescaling of layers", rescalingSentences(report.rescaling)),
    ...compared,
    ...section(
      "Cautions",
      report.cautions.map((text, i) => `${i + 1}. ${text}`),
    ),
  ].map(plain).join("\n");
}

/** A number that was compared with a bound, in a line. */
export function boundSentence(
  name: string,
  value: number,
  most: number,
): string {
  return `${name} is ${short(value)}, more than ${short(most)}`;
}
