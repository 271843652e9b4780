import { delimiter, join } from "node:path";
import type { Environment } from "../files/mod.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether Jupyter has a kernel for Deno: looks for `kernel.json` files that
 * start Deno, where Jupyter looks for kernels.
 *
 * Reference: Jupyter documentation, "Data files".
 */
export async function examineJupyter(
  environment: Environment,
): Promise<Finding[]> {
  const found: { name: string; path: string }[] = [];
  for (const folder of kernelFolders(environment)) {
    for (const name of await namesIn(folder)) {
      const path = join(folder, name, "kernel.json");
      if (await startsDeno(path)) found.push({ name, path });
    }
  }
  const name = "Jupyter kernel";
  if (found.length === 0) {
    return [{
      name,
      status: "missing",
      detail: "none for Deno",
      advice:
        "to work in notebooks, install Jupyter and run `deno jupyter --install`",
    }];
  }
  const detail = found.map(({ name, path }) => `${name} (${path})`).join(", ");
  return [{ name, status: "ok", detail, values: { kernels: found } }];
}

/** The folders that Jupyter reads kernels from, first one first. */
function kernelFolders(environment: Environment): string[] {
  const home = environment.get("HOME") ?? environment.get("USERPROFILE");
  const roots = [
    ...(environment.get("JUPYTER_PATH") ?? "").split(delimiter),
    environment.get("JUPYTER_DATA_DIR"),
    home && {
      darwin: join(home, "Library", "Jupyter"),
      windows: join(environment.get("APPDATA") ?? home, "jupyter"),
    }[Deno.build.os as string],
    home &&
    join(
      environment.get("XDG_DATA_HOME") || join(home, ".local/share"),
      "jupyter",
    ),
    ...["VIRTUAL_ENV", "CONDA_PREFIX"].map((name) => {
      const prefix = environment.get(name);
      return prefix && join(prefix, "share", "jupyter");
    }),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ];
  const folders = roots.filter((root) =>
    typeof root === "string" && root !== ""
  )
    .map((root) => join(root!, "kernels"));
  return [...new Set(folders)];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}

async function startsDeno(path: string): Promise<boolean> {
  try {
    const { language, argv } = JSON.parse(await Deno.readTextFile(path));
    return /^(typescript|javascript)$/i.test(language) &&
      Array.isArray(argv) && argv.some((arg) => /deno/i.test(String(arg)));
  } catch {
    return false;
  }
}
