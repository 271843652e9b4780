import { join } from "node:path";
import { cacheDirectory } from "../../files/mod.ts";

/**
 * The folder of data sets that the user's environment names.
 *
 * @returns The value of `SLOPE_DATA`, or undefined if it is not set.
 *
 * @example
 * ```ts
 * import { defaultDirectory } from "./directories.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(defaultDirectory(), Deno.env.get("SLOPE_DATA") || undefined);
 * ```
 */
export function defaultDirectory(): string | undefined {
  return Deno.env.get("SLOPE_DATA") || undefined;
}

/**
 * The folder that fetched data sets are kept in.
 *
 * @returns `datasets` in Slope's cache folder.
 *
 * @example
 * ```ts
 * import { defaultCacheDirectory } from "./directories.ts";
 * import { match } from "node:assert";
 *
 * match(defaultCacheDirectory(), /datasets$/);
 * ```
 */
export function defaultCacheDirectory(): string {
  return join(cacheDirectory(), "datasets");
}
