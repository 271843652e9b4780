import { deepStrictEqual, throws } from "node:assert";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { parseHousing } from "../../../lib/datasets/formats/housing.ts";

const ROW = " 0.1  2. .3 4e-1 -5 6 7 8 9 10 11 12 13  24.5 ";

Deno.test("housing: reads numbers in any layout of white space", () => {
  const { inputs, labels } = parseHousing(`${ROW}\r\n${ROW}\n\n`, "a", 2);
  const features = [0.1, 2, 0.3, 0.4, -5, 6, 7, 8, 9, 10, 11, 12, 13];
  deepStrictEqual(inputs, Float32Array.from([...features, ...features]));
  deepStrictEqual(labels, Float32Array.of(24.5, 24.5));
});

Deno.test("housing: names the file, the place and the fault", () => {
  const fault = (text: string, count: number, message: RegExp) =>
    throws(
      () => parseHousing(text, "housing.data", count),
      (error) =>
        error instanceof DatasetError && message.test(error.message) &&
        error.message.startsWith("housing.data: "),
    );
  fault(ROW, 2, /has 1 rows, expected 2/);
  fault("", 1, /line 1 has 1 numbers, expected 14/);
  fault(`${ROW} 1`, 1, /line 1 has 15 numbers, expected 14/);
  fault(`${ROW}\n${ROW.replace("24.5", "")}`, 2, /line 2 has 13 numbers/);
  for (const word of ["NaN", "nan", "Infinity", "0x10", "1e99", "1,5", "?"]) {
    const quoted = RegExp.escape(JSON.stringify(word));
    fault(
      ROW.replace("24.5", word),
      1,
      new RegExp(`line 1, column 14: expected a finite number, got ${quoted}$`),
    );
  }
  fault(ROW.replace("24.5", "x".repeat(1e5)), 1, /got "x{20}"$/);
});
