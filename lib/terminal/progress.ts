/**
 * Shows on standard error how far a command is.
 *
 * On a terminal: one line with a bar and the time left. Elsewhere: a line now
 * and then. Where `CI` is set: a line at the start and one at the end.
 *
 * @module
 */
import { formatDuration } from "../text/format_duration.ts";

/** Where the state of some work is shown. */
export interface Progress {
  /**
   * Shows that the work is at `done` of `total`, in whatever unit; of no `total`
   * if it is 0. A note that differs from the one before begins a new count.
   */
  update(done: number, total: number, note?: string): void;
  /** Ends the display, leaving a last line if there is a note. */
  finish(note?: string): void;
}

/** What a progress is written to. */
export interface ProgressSink {
  /** Writes text. */
  write(text: string): void;
  /** The width in characters if it is a terminal, else undefined. */
  columns(): number | undefined;
}

/** How a {@linkcode Progress} shows the work. */
export interface ProgressOptions {
  /** Shows an amount of work, as `formatBytes` does. @default {nothing is shown but per cent} */
  format?: (amount: number) => string;
  /** What to write to. @default {standard error} */
  sink?: ProgressSink;
  /** Whether only start and end are written. @default {true where `CI` is set} */
  quiet?: boolean;
  /** The time in milliseconds. @default {performance.now} */
  now?: () => number;
}

/** The least milliseconds between two states of the bar. */
const barInterval = 100;
/** The least milliseconds between two lines about the same work. */
const lineInterval = 20_000;

/**
 * Starts to show how far some work is.
 *
 * @param options How, and where.
 * @returns The progress to update and, at last, to finish.
 *
 * @example
 * ```ts
 * import { createProgress } from "./progress.ts";
 * import { strictEqual } from "node:assert";
 *
 * let text = "";
 * const sink = { write: (s: string) => text += s, columns: () => undefined };
 * const progress = createProgress({ sink, quiet: false });
 * progress.update(1, 4, "training");
 * progress.finish("trained");
 * strictEqual(text, "training: 25 %\ntrained\n");
 * ```
 */
export function createProgress(options: ProgressOptions = {}): Progress {
  const { format, now = () => performance.now() } = options;
  const sink = options.sink ?? standardError;
  const quiet = options.quiet ?? isContinuousIntegration();
  let note: string | undefined;
  let start = { time: 0, done: 0 };
  let shown = -Infinity;
  let isBar = false;

  return {
    update(done, total, next = note ?? "") {
      const time = now();
      const columns = quiet ? undefined : sink.columns();
      const isNew = next !== note;
      if (isNew) start = { time, done };
      else if (quiet) return;
      else {
        const ended = done === total && columns !== undefined;
        const interval = columns === undefined ? lineInterval : barInterval;
        if (time - shown < interval && !ended) return;
      }
      if (quiet && note !== undefined) return;
      note = next;
      shown = time;
      const left = timeLeft(done, total, start, time);
      if (columns === undefined) {
        const state = stateOf(done, total, left, format);
        sink.write([note, state].filter(Boolean).join(": ") + "\n");
      } else {
        const line = barLine(note, done, total, left, columns, format);
        sink.write(`\r${line}\x1b[K`);
        isBar = true;
      }
    },
    finish(last) {
      if (isBar) sink.write("\r\x1b[K");
      isBar = false;
      if (last) sink.write(`${last}\n`);
      note = undefined;
    },
  };
}

const standardError: ProgressSink = {
  write(text) {
    const bytes = new TextEncoder().encode(text);
    for (let done = 0; done < bytes.length;) {
      done += Deno.stderr.writeSync(bytes.subarray(done));
    }
  },
  columns() {
    if (!Deno.stderr.isTerminal() || variable("TERM") === "dumb") {
      return undefined;
    }
    try {
      return Deno.consoleSize().columns;
    } catch {
      return 80;
    }
  },
};

function isContinuousIntegration(): boolean {
  const value = variable("CI");
  return value !== undefined && !["", "0", "false"].includes(value);
}

/** An environment variable; without permission to read it, it is not set. */
function variable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}

/** The milliseconds left at the speed since `start`, once that is known. */
function timeLeft(
  done: number,
  total: number,
  start: { time: number; done: number },
  time: number,
): number | undefined {
  const elapsed = time - start.time;
  const ready = done - start.done;
  if (elapsed < 500 || ready <= 0 || done >= total) return undefined;
  return elapsed / ready * (total - done);
}

/** Such as `43 %, 118 MB of 274 MB, 0:12 left`. */
function stateOf(
  done: number,
  total: number,
  left: number | undefined,
  format: ProgressOptions["format"],
): string {
  if (total <= 0) return "";
  const share = Math.min(done / total, 1);
  const parts = [`${Math.floor(100 * share)} %`];
  if (format) parts.push(`${format(done)} of ${format(total)}`);
  if (left !== undefined) parts.push(`${formatDuration(left)} left`);
  return parts.join(", ");
}

/** The note, a bar and the state, within the width of the terminal. */
function barLine(
  note: string,
  done: number,
  total: number,
  left: number | undefined,
  columns: number,
  format: ProgressOptions["format"],
): string {
  const state = stateOf(done, total, left, format);
  // The last column stays free: some terminals wrap when it is written.
  const room = columns - 1 - state.length - (note && state ? 2 : 0);
  const text = note.length > room
    ? `${note.slice(0, Math.max(room - 1, 0))}…`
    : note;
  const width = Math.min(30, room - text.length - 4);
  if (total <= 0 || width < 5) {
    return [text, state].filter(Boolean).join("  ").slice(0, columns - 1);
  }
  const full = Math.round(width * Math.min(done / total, 1));
  const bar = `[${"=".repeat(full)}${" ".repeat(width - full)}]`;
  return [text, bar, state].filter(Boolean).join("  ");
}
