import { strictEqual, throws } from "node:assert";
import { cacheDirectory } from "../../lib/files/cache_directory.ts";
import { environmentOf } from "../support/environment_of.ts";

const home = { HOME: "/home/ada" };

Deno.test("cacheDirectory() is the system's cache unless it is named", () => {
  const cases = [
    ["linux", home, "/home/ada/.cache/slope"],
    ["darwin", home, "/home/ada/Library/Caches/slope"],
    ["linux", { ...home, XDG_CACHE_HOME: "/cache" }, "/cache/slope"],
    ["linux", { ...home, XDG_CACHE_HOME: "cache" }, "/home/ada/.cache/slope"],
    ["linux", { ...home, XDG_CACHE_HOME: "" }, "/home/ada/.cache/slope"],
    ["windows", { LOCALAPPDATA: "/local" }, "/local/slope"],
    ["windows", { USERPROFILE: "/ada" }, "/ada/.cache/slope"],
    ["linux", { ...home, XDG_CACHE_HOME: "/cache", SLOPE_CACHE: "/s" }, "/s"],
  ] as const;
  for (const [os, variables, expected] of cases) {
    strictEqual(cacheDirectory(environmentOf(variables), os), expected);
  }
});

Deno.test("cacheDirectory() says what to set where there is no home", () => {
  throws(
    () => cacheDirectory(environmentOf({}), "linux"),
    /^RangeError: No home folder: set SLOPE_CACHE/,
  );
});
