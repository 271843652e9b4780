/**
 * `run.json`: what a run is, and what it cost.
 *
 * @module
 */
import type { Settings } from "./settings.ts";

/**
 * How far a run has come: `stopped` when it was interrupted and can be resumed,
 * `running` also when it was killed.
 */
export type RunStatus = "running" | "stopped" | "diverged" | "done";

/** The contents of `run.json`. */
export interface RunDescription {
  /** Everything that decides the records. */
  settings: Settings;
  /** What it ran on; a run is resumed on the same. */
  environment: Settings;
  /** How far it has come. */
  status: RunStatus;
  /**
   * Steps, forward-pass equivalents and seconds so far, added up over sessions.
   * The seconds of a step are shared by the runs that took it side by side.
   */
  cost: { steps: number; forwardPasses: number; seconds: number };
}

const statuses: unknown[] = ["running", "stopped", "diverged", "done"];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is what `run.json` holds. */
function isDescription(value: unknown): value is RunDescription {
  return isObject(value) && isObject(value.settings) &&
    isObject(value.environment) && statuses.includes(value.status) &&
    isObject(value.cost) &&
    [value.cost.steps, value.cost.forwardPasses, value.cost.seconds].every(
      Number.isFinite,
    );
}

/**
 * Reads the text of `run.json`.
 *
 * @throws {SyntaxError} If it is damaged.
 */
export function parseDescription(text: string): RunDescription {
  const value: unknown = JSON.parse(text);
  if (!isDescription(value)) {
    throw new SyntaxError("it lacks settings, environment, status or cost");
  }
  return value;
}
