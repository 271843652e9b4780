/**
 * Options that several commands have.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
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

/** A folder that must be there. */
export async function readFolder(
  option: string,
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory) return path;
  throw new UsageError(
    `${option} ${path} is ${info ? "a file" : "not there"}, expected a folder`,
  );
}

/** A folder that can be written to; it is made. */
export async function readOutput(path: string): Promise<string> {
  try {
    await Deno.mkdir(path, { recursive: true });
    await writeWhole(join(path, ".write-test"), "");
    await Deno.remove(join(path, ".write-test"));
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--out ${path} cannot be written to: ${reason}`);
  }
}
