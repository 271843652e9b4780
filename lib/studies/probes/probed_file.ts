/**
 * What probes found of a run, in its folder.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../../files/write_whole.ts";
import type { Probed } from "./probe.ts";

/** The file in a run's folder. */
const FILE = "probed.json";

/** Writes what was found. */
export async function writeProbed(
  folder: string,
  probed: Probed,
): Promise<void> {
  await writeWhole(join(folder, FILE), JSON.stringify(probed) + "\n");
}

/**
 * What was found of a run; undefined where it was not probed.
 *
 * @throws {SyntaxError} If the file is damaged.
 */
export async function readProbed(folder: string): Promise<Probed | undefined> {
  const path = join(folder, FILE);
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(
      `${path} is damaged: delete the folder to run it again`,
    );
  }
}
