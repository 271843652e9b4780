/**
 * Examples from CSV: a row an example, numbers but for the label.
 *
 * @module
 */
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";
import { DatasetError } from "../dataset_error.ts";
import {
  type Labels,
  labelsOf,
  MOST_NUMBERS,
  type OwnData,
  type OwnDataOptions,
} from "./examples.ts";

/** Fields that are numbers. */
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/**
 * Rows and fields of CSV, quotes undone.
 *
 * @throws {DatasetError} If a quote is not closed.
 *
 * Reference: RFC 4180.
 */
export function parseCsv(text: string, file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) {
      throw new DatasetError(
        `${file}: line ${
          rows.length + 1
        }: a quote is not closed, or stands within a field`,
      );
    }
    const [whole, quoted, plain, end] = match;
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      if (row.length > 1 || row[0] !== "") rows.push(row);
      row = [];
      if (whole === "" && at === field.lastIndex) break;
    } else if (field.lastIndex === text.length) {
      rows.push([...row, ""]); // a comma at the very end
      row = [];
    }
  }
  return rows;
}

/** The number of the label's column. */
function labelColumn(
  label: OwnDataOptions["label"],
  header: readonly string[] | undefined,
  columns: number,
  file: string,
): number {
  if (label === undefined) return columns - 1;
  const names = header ?? [];
  const column = typeof label === "number" ? label : names.indexOf(label);
  if (Number.isInteger(column) && column >= 0 && column < columns) {
    return column;
  }
  const known = header ? names.slice(0, 20).join(", ") : `0 to ${columns - 1}`;
  throw new DatasetError(
    `${file}: has no column ${show(label)}${
      didYouMean(String(label), names) || `; there are ${known}`
    }`,
  );
}

/** Labels that are texts: classes in alphabetical order. */
function labelsOfTexts(
  texts: readonly string[],
  { kind }: OwnDataOptions,
  file: string,
): Labels {
  if (texts.every((text) => NUMBER.test(text))) {
    return labelsOf(texts.map(Number), kind, file);
  }
  if (kind === "regression") {
    const row = texts.findIndex((text) => !NUMBER.test(text));
    throw new DatasetError(
      `${file}: example ${row} has the label ${
        show(texts[row])
      }, expected a number`,
    );
  }
  const classNames = [...new Set(texts)].sort();
  const index = new Map(classNames.map((name, i) => [name, i]));
  return {
    kind: "classification",
    classes: classNames.length,
    classNames,
    labels: Int32Array.from(texts, (text) => index.get(text)!),
  };
}

/**
 * Reads CSV text. A first row with a field that is no number, other than the label,
 * is a header.
 *
 * @throws {DatasetError} If rows differ in length, or a field is no finite number.
 */
export function readCsv(
  text: string,
  file: string,
  options: OwnDataOptions,
): Omit<OwnData, "name"> {
  const rows = parseCsv(text.replace(/^\ufeff/, ""), file);
  const columns = rows[0]?.length ?? 0;
  const numbers = rows[0]?.filter((field) => NUMBER.test(field)).length ?? 0;
  const hasHeader = typeof options.label === "string" ||
    numbers < columns - 1 || (numbers === 0 && columns > 0);
  const header = hasHeader ? rows.shift() : undefined;
  if (rows.length === 0 || columns < 2) {
    throw new DatasetError(
      `${file}: has ${rows.length} rows of ${columns} columns, expected examples of at least one number and a label`,
    );
  }
  if (rows.length * columns > MOST_NUMBERS) {
    throw new DatasetError(`${file}: has more than ${MOST_NUMBERS} fields`);
  }
  const column = labelColumn(options.label, header, columns, file);
  const inputs = new Float32Array(rows.length * (columns - 1));
  let at = 0;
  const texts = rows.map((row, i) => {
    const line = i + 1 + (hasHeader ? 1 : 0);
    if (row.length !== columns) {
      throw new DatasetError(
        `${file}: row ${line} has ${row.length} fields, expected ${columns}`,
      );
    }
    row.forEach((field, j) => {
      if (j === column) return;
      const value = NUMBER.test(field) ? Math.fround(Number(field)) : NaN;
      if (!Number.isFinite(value)) {
        throw new DatasetError(
          `${file}: row ${line}, column ${
            show(header?.[j] ?? j)
          }: expected a finite number, got ${show(field)}`,
        );
      }
      inputs[at++] = value;
    });
    return row[column]!;
  });
  const { labels, ...facts } = labelsOfTexts(texts, options, file);
  return {
    ...facts,
    shape: [columns - 1],
    train: { count: rows.length, inputs, labels },
  };
}
