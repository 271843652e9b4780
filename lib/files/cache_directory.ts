import { join, resolve } from "node:path";
import type { Environment } from "./environment.ts";

/**
 * The folder in which Slope keeps what it fetched, in the user's cache.
 *
 * `SLOPE_CACHE` where it is set; else `XDG_CACHE_HOME/slope`; else `slope` in
 * what the system calls the user's cache: `~/.cache` on Linux,
 * `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows. Relative values of
 * `XDG_CACHE_HOME` are ignored, as its specification says.
 *
 * @param environment The variables to look at; those of this process by default.
 * @param os The operating system; this one by default.
 * @returns The folder's path. The folder need not exist.
 * @throws {RangeError} If neither these variables nor a home folder are set.
 *
 * @example
 * ```ts
 * import { cacheDirectory } from "./cache_directory.ts";
 * import { strictEqual } from "node:assert";
 *
 * const environment = {
 *   get: (name: string) => name === "HOME" ? "/home/ada" : undefined,
 *   toObject: () => ({ HOME: "/home/ada" }),
 * };
 * strictEqual(cacheDirectory(environment, "linux"), "/home/ada/.cache/slope");
 * ```
 */
export function cacheDirectory(
  environment: Environment = Deno.env,
  os: typeof Deno.build.os = Deno.build.os,
): string {
  const own = environment.get("SLOPE_CACHE");
  if (own) return resolve(own);
  const shared = environment.get("XDG_CACHE_HOME");
  if (shared?.startsWith("/")) return join(shared, "slope");
  if (os === "windows") {
    const local = environment.get("LOCALAPPDATA");
    if (local) return join(local, "slope");
  }
  const home = environment.get("HOME") ?? environment.get("USERPROFILE");
  if (!home) {
    throw new RangeError(
      "No home folder: set SLOPE_CACHE to the folder that Slope may keep files in",
    );
  }
  return os === "darwin"
    ? join(home, "Library", "Caches", "slope")
    : join(home, ".cache", "slope");
}
