import { join, resolve } from "node:path";
import type { Environment } from "../../files/environment.ts";

/**
 * The folder in which Jupyter keeps what belongs to the user, kernels among it.
 *
 * `JUPYTER_DATA_DIR` where it is set; else `~/Library/Jupyter` on macOS,
 * `%APPDATA%\jupyter` on Windows, and `XDG_DATA_HOME/jupyter` or
 * `~/.local/share/jupyter` elsewhere.
 *
 * Reference: Jupyter documentation, "Jupyter directories".
 *
 * @param environment The variables to look at.
 * @param os The operating system; this one by default.
 * @throws {RangeError} If neither these variables nor a home folder are set.
 *
 * @example
 * ```ts
 * import { jupyterDataDirectory } from "./data_directory.ts";
 * import { strictEqual } from "node:assert";
 *
 * const environment = {
 *   get: (name: string) => name === "HOME" ? "/home/ada" : undefined,
 *   toObject: () => ({ HOME: "/home/ada" }),
 * };
 * const folder = jupyterDataDirectory(environment, "linux");
 * strictEqual(folder, "/home/ada/.local/share/jupyter");
 * ```
 */
export function jupyterDataDirectory(
  environment: Environment,
  os: typeof Deno.build.os = Deno.build.os,
): string {
  const own = environment.get("JUPYTER_DATA_DIR");
  if (own) return resolve(own);
  const home = environment.get("HOME") ?? environment.get("USERPROFILE");
  if (os === "windows") {
    const data = environment.get("APPDATA");
    if (data) return join(data, "jupyter");
  }
  const shared = environment.get("XDG_DATA_HOME");
  if (os !== "darwin" && shared) return join(shared, "jupyter");
  if (!home) {
    throw new RangeError(
      "No home folder: set JUPYTER_DATA_DIR to the folder that Jupyter keeps its data in",
    );
  }
  return os === "darwin"
    ? join(home, "Library", "Jupyter")
    : join(home, ".local", "share", "jupyter");
}
