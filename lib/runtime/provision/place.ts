import { join } from "node:path";
import {
  cacheDirectory as defaultCacheDirectory,
  type Environment,
  sizeOf,
} from "../../files/mod.ts";
import { ProvisionError } from "./error.ts";
import {
  type Manifest,
  pinned,
  type Platform,
  type Wheel,
} from "./manifest.ts";

/** Which libtensorflow: for the CPU, or for NVIDIA GPUs too. */
export type Variant = "cpu" | "gpu";

/** Where Slope keeps libtensorflow. */
export interface CacheOptions {
  /** The folder that Slope keeps files in. @default {cacheDirectory()} */
  cacheDirectory?: string;
  /** The variables to look at. @default {Deno.env} */
  environment?: Environment;
  /** What to fetch. @default {`manifest.json`} */
  manifest?: Manifest;
}

/** The place in the cache of one libtensorflow, which need not be there. */
export interface Place {
  /** The folder of all libtensorflows. */
  parent: string;
  /** The name of this one: version, operating system, processor, variant. */
  name: string;
  /** The folder of this one. */
  directory: string;
  /** TensorFlow's version. */
  version: string;
  /** The files it consists of, relative to the folder. */
  platform: Platform;
}

/** The folder of all libtensorflows. */
export function parentOf(options: CacheOptions): string {
  const { environment = Deno.env } = options;
  const cache = options.cacheDirectory ?? defaultCacheDirectory(environment);
  return join(cache, "libtensorflow");
}

/**
 * The place of a variant for this machine.
 *
 * @param variant Which libtensorflow.
 * @param options Where the cache is.
 * @returns The place.
 * @throws {ProvisionError} If there is none for this machine.
 */
export function placeOf(variant: Variant, options: CacheOptions): Place {
  const { version, platforms } = options.manifest ?? pinned;
  const key = keyOf(variant);
  const platform = platforms[key];
  if (platform === undefined) {
    const others = Object.keys(platforms).join(", ");
    throw new ProvisionError(
      `There is no libtensorflow for ${key}, only for ${others}; set SLOPE_LIBTENSORFLOW to one of your own, or use the wasm backend`,
    );
  }
  const parent = parentOf(options);
  const name = `${version}-${key}`;
  return { parent, name, directory: join(parent, name), version, platform };
}

/** Whether there is such a variant for this machine. */
export function isPinned(variant: Variant, options: CacheOptions): boolean {
  return keyOf(variant) in (options.manifest ?? pinned).platforms;
}

/**
 * What fetching a libtensorflow for this machine takes.
 *
 * @param variant Which one.
 * @returns The bytes to fetch, and those it takes on the disk; undefined if there
 * is none for this machine.
 *
 * @example
 * ```ts
 * import { pinnedSize } from "./place.ts";
 * import { ok } from "node:assert";
 *
 * const size = pinnedSize("cpu");
 * ok(size === undefined || size.download < size.disk);
 * ```
 */
export function pinnedSize(
  variant: Variant,
): { download: number; disk: number } | undefined {
  const wheels = pinned.platforms[keyOf(variant)]?.wheels;
  if (wheels === undefined) return undefined;
  const sum = (parts: { bytes: number }[]) =>
    parts.reduce((total, { bytes }) => total + bytes, 0);
  return {
    download: sum(wheels),
    disk: sum(wheels.flatMap(({ files }) => files)),
  };
}

/** Whether all files are at a place, judged by their sizes. */
export async function isComplete(
  { directory, platform }: Place,
): Promise<boolean> {
  const there = platform.wheels.map((wheel) => hasFiles(directory, wheel));
  return (await Promise.all(there)).every(Boolean);
}

/** Whether all files of a wheel are in a folder, judged by their sizes. */
export async function hasFiles(
  directory: string,
  { files }: Wheel,
): Promise<boolean> {
  const sizes = files.map(({ path }) => sizeOf(join(directory, path)));
  return (await Promise.all(sizes)).every((size, i) =>
    size === files[i]!.bytes
  );
}

function keyOf(variant: Variant): string {
  return `${Deno.build.os}-${Deno.build.arch}-${variant}`;
}
