import { join } from "node:path";
import { type Environment, requireSpace, sizeOf } from "../../files/mod.ts";
import { fetchWheel } from "./fetch_wheel.ts";
import type { Wheel } from "./manifest.ts";
import { hasFiles, type Place } from "./place.ts";
import { unpackWheel } from "./unpack_wheel.ts";

/** How {@linkcode build} works. */
export interface BuildOptions {
  /** The variables that say where packages come from. */
  environment: Environment;
  /** Called with bytes done, bytes in all, and what is being done. */
  onProgress: (done: number, total: number, note: string) => void;
  /** Ends it. */
  signal?: AbortSignal;
}

/**
 * Fetches and unpacks what is missing at a place. Only one process at a time
 * may do so.
 *
 * Everything is made in a folder beside the place and moved there in one step.
 * That folder outlives a process that is killed: the next one keeps its whole
 * files and the beginning of the download. What is damaged at the place is
 * moved into it first, so that only the wheels of missing files are fetched.
 *
 * @param place The place to fill.
 * @param options Where packages come from, and how to report.
 */
export async function build(
  place: Place,
  options: BuildOptions,
): Promise<void> {
  const { parent, directory, platform } = place;
  const staging = join(parent, `${stagingPrefix}${place.name}`);
  const unpacked = join(staging, "unpacked");
  await removeStale(parent, place.version);
  await Deno.mkdir(staging, { recursive: true });
  if (await exists(directory) && !(await exists(unpacked))) {
    await Deno.rename(directory, unpacked);
  }
  await fill(staging, unpacked, platform.wheels, options);
  if (await exists(directory)) {
    await Deno.remove(directory, { recursive: true });
  }
  await Deno.rename(unpacked, directory);
  await Deno.remove(staging, { recursive: true });
}

const stagingPrefix = ".staging-";

async function fill(
  staging: string,
  unpacked: string,
  wheels: Wheel[],
  options: BuildOptions,
): Promise<void> {
  const { onProgress } = options;
  const missing: Wheel[] = [];
  for (const wheel of wheels) {
    if (!(await hasFiles(unpacked, wheel))) missing.push(wheel);
  }
  await requireSpace(staging, await bytesNeeded(staging, missing));
  for (const [i, wheel] of missing.entries()) {
    const count = missing.length > 1 ? ` (${i + 1} of ${missing.length})` : "";
    const what = `${wheel.project} ${wheel.version}${count}`;
    const path = await fetchWheel(wheel, staging, {
      ...options,
      onProgress: (done, how = "") =>
        onProgress(done, how ? 0 : wheel.bytes, `downloading ${what}${how}`),
    });
    const total = unpackedBytes(wheel);
    await unpackWheel(wheel, path, unpacked, {
      ...options,
      onProgress: (done) => onProgress(done, total, `unpacking ${what}`),
    });
    await Deno.remove(path);
  }
}

function unpackedBytes({ files }: Wheel): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** All files that are missing, and the largest of the wheels they are in. */
async function bytesNeeded(staging: string, wheels: Wheel[]): Promise<number> {
  let files = 0;
  let largest = 0;
  for (const wheel of wheels) {
    files += unpackedBytes(wheel);
    const path = join(staging, wheel.filename);
    const there = Math.max(await sizeOf(path), await sizeOf(`${path}.part`), 0);
    largest = Math.max(largest, wheel.bytes - there);
  }
  return files + largest;
}

/** Removes what interrupted downloads of other versions have left. */
async function removeStale(parent: string, version: string): Promise<void> {
  for await (const { name } of Deno.readDir(parent)) {
    const isStaging = name.startsWith(stagingPrefix);
    if (isStaging && !name.startsWith(`${stagingPrefix}${version}-`)) {
      await Deno.remove(join(parent, name), { recursive: true });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
