/**
 * What cells show.
 *
 * @module
 */

/** Data by MIME type: text, or JSON where the type says so. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** An output of a cell, as the notebook format knows it. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: MimeBundle }
  | { output_type: "execute_result"; data: MimeBundle }
  | {
    output_type: "error";
    ename: string;
    evalue: string;
    traceback: string[];
  };

/** The MIME type of figures. */
export const PLOTLY = "application/vnd.plotly.v1+json";

/** Text without the codes that colour it on a terminal. */
export function plain(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07)/g, "");
}
