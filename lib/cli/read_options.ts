/**
 * Options that several commands have.
 *
 * @module
 */
import { type BackendName, backendNames } from "../runtime/initialize.ts";
import { didYouMean } from "../text/nearest.ts";
import { UsageError } from "./command.ts";

/** A whole number within bounds; undefined where the option is not given. */
export function readInteger(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(
      `${option} must be an integer in [${least}, ${most}], got ${text}`,
    );
  }
  return value;
}

/** A backend by its name. */
export function readBackend(text = "auto"): BackendName | "auto" {
  const names = ["auto", ...backendNames];
  if (!names.includes(text)) {
    throw new UsageError(
      `--backend must be ${names.join(", ")}, got ${text}${
        didYouMean(text, names)
      }`,
    );
  }
  return text as BackendName | "auto";
}
