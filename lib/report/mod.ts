/**
 * Reports: results beside what the papers say, as pages that open from disk,
 * and as the README's table.
 *
 * @module
 */
export { resultsFault, resultsTable, withResults } from "./markdown.ts";
export * from "./types.ts";
export { writeReport } from "./write_report.ts";
