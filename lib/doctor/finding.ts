/** What the doctor found about one thing. */
export interface Finding {
  /** The thing. */
  name: string;
  /** Whether it is there and works, is not there, or is there and does not work. */
  status: "ok" | "missing" | "broken";
  /** What was found, in one line. */
  detail: string;
  /** What to do about it, in one line, if it is not ok. */
  advice?: string;
  /** The same for programs. */
  values?: Record<string, unknown>;
}
