/**
 * Folders that are given as options.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import { UsageError } from "./command.ts";

/** A folder that must be there; an empty name is none. */
export async function readFolder(
  option: string,
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined || path === "") return path;
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
