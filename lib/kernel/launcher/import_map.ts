import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseJsonc } from "./jsonc.ts";

/** A `deno.json`, as far as it concerns us. */
type Config = Record<string, unknown>;
/** An import map's names and what they stand for. */
type Imports = Record<string, string>;

/**
 * The `deno.json` with which `deno jupyter` runs a notebook: the names of the folder's
 * own `deno.json`, those of Slope, and, for Slope's own modules only, the names that
 * they use themselves.
 *
 * @param folder The notebook's folder.
 * @param checkout Slope's folder.
 * @param links The folder in which links to Slope's folder will lie; modules loaded
 * through them use the same names.
 */
export async function notebookConfig(
  folder: string,
  checkout: string,
  links: string,
): Promise<Config> {
  const own = await findConfig(folder);
  const slope = await readConfig(join(checkout, "deno.json"));
  const inner = absolute(slope?.config.imports, checkout);
  const outer = own?.directory === checkout
    ? inner
    : absolute(own?.config.imports, own?.directory ?? folder);
  return {
    // What else changes how a notebook's modules are compiled and run.
    ...pick(own?.config, ["compilerOptions", "unstable"]),
    imports: {
      ...outer,
      ...namesOf(slope?.config.exports, checkout),
    },
    scopes: {
      ...scopesOf(own?.config.scopes, own?.directory ?? folder),
      [directoryUrl(checkout)]: inner,
      [directoryUrl(links)]: inner,
    },
    nodeModulesDir: "none",
  };
}

/** The names under which a package's exports are imported: `slope`, `slope/runtime`. */
export function namesOf(exports: unknown, checkout: string): Imports {
  if (typeof exports !== "object" || exports === null) return {};
  return absolute(
    Object.fromEntries(
      Object.entries(exports).map(([name, path]) => [
        `slope${name.slice(1)}`,
        path,
      ]),
    ),
    checkout,
  );
}

/** The nearest `deno.json` or `deno.jsonc` at or above a folder. */
async function findConfig(
  folder: string,
): Promise<{ config: Config; directory: string } | undefined> {
  for (let directory = folder;; directory = dirname(directory)) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      const found = await readConfig(join(directory, name));
      if (found) return found;
    }
    if (dirname(directory) === directory) return undefined;
  }
}

async function readConfig(
  path: string,
): Promise<{ config: Config; directory: string } | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch {
    return undefined;
  }
  const directory = dirname(path);
  let config = parseJsonc(text, path) as Config;
  if (typeof config !== "object" || config === null) config = {};
  // An import map of its own may stand in the place of `imports` and `scopes`.
  if (typeof config.importMap === "string" && config.imports === undefined) {
    const file = join(directory, config.importMap);
    const map = parseJsonc(await Deno.readTextFile(file), file) as Config;
    return {
      config: { ...config, imports: map?.imports, scopes: map?.scopes },
      directory: dirname(file),
    };
  }
  return { config, directory };
}

/** Imports whose relative paths are URLs. */
function absolute(imports: unknown, directory: string): Imports {
  if (typeof imports !== "object" || imports === null) return {};
  return Object.fromEntries(
    Object.entries(imports)
      .filter((entry): entry is [string, string] =>
        typeof entry[1] === "string"
      )
      .map(([name, target]) => [
        isPath(name) ? resolve(name, directory) : name,
        isPath(target) ? resolve(target, directory) : target,
      ]),
  );
}

function scopesOf(scopes: unknown, directory: string): Record<string, Imports> {
  if (typeof scopes !== "object" || scopes === null) return {};
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, imports]) => [
      resolve(scope, directory),
      absolute(imports, directory),
    ]),
  );
}

function isPath(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || isAbsolute(specifier);
}

function resolve(path: string, directory: string): string {
  return new URL(path, directoryUrl(directory)).href;
}

/** A folder's URL, with the slash at its end. */
export function directoryUrl(folder: string): string {
  return pathToFileURL(folder).href.replace(/\/?$/, "/");
}

function pick(config: Config | undefined, names: string[]): Config {
  return Object.fromEntries(
    names.filter((name) => config?.[name] !== undefined)
      .map((name) => [name, config![name]]),
  );
}
