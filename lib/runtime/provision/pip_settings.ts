import { join } from "node:path";
import type { Environment } from "../../files/mod.ts";

/** Where the user's Python tools get packages from. */
export interface PipSettings {
  /** The package index's address. */
  index: string;
  /** A file of certificates to trust beside the usual ones, if one is named. */
  certificates: string | undefined;
}

/**
 * What the environment or pip's configuration say of the package index.
 *
 * The index is that of `UV_DEFAULT_INDEX`, `UV_INDEX_URL`, `PIP_INDEX_URL` or
 * pip's configuration files (`index-url`), in this order; else the Python
 * Package Index. Certificates: `PIP_CERT`, pip's configuration (`cert`),
 * `SSL_CERT_FILE` or `REQUESTS_CA_BUNDLE`.
 *
 * @param environment The variables to look at.
 * @param system The folder of the system's configuration; for tests.
 * @returns The settings.
 *
 * Reference: pip documentation, Configuration, "Location" and "Precedence".
 *
 * @example
 * ```ts
 * import { pipSettings } from "./pip_settings.ts";
 * import { strictEqual } from "node:assert";
 *
 * const variables: Record<string, string> = {
 *   PIP_INDEX_URL: "https://packages.example.org/simple",
 *   PIP_CONFIG_FILE: "/dev/null",
 * };
 * const { index } = await pipSettings({
 *   get: (name) => variables[name],
 *   toObject: () => variables,
 * });
 * strictEqual(index, "https://packages.example.org/simple");
 * ```
 */
export async function pipSettings(
  environment: Environment,
  system = "/etc",
): Promise<PipSettings> {
  const file = await readConfiguration(environment, system);
  const first = (...names: string[]) =>
    names.map((name) => environment.get(name)).find((value) => value);
  return {
    index: first("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL") ??
      file.get("index-url") ?? "https://pypi.org/simple",
    certificates: first("PIP_CERT") ?? file.get("cert") ??
      first("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
  };
}

/** pip's configuration files merged, later ones over earlier ones. */
async function readConfiguration(
  environment: Environment,
  system: string,
): Promise<Map<string, string>> {
  const merged = new Map<string, string>();
  const own = environment.get("PIP_CONFIG_FILE");
  if (own === "/dev/null" || own === "nul") return merged;
  const home = environment.get("HOME");
  const configuration = environment.get("XDG_CONFIG_HOME") ||
    (home && join(home, ".config"));
  const environmentFolder = environment.get("VIRTUAL_ENV");
  const files = [
    join(system, "xdg", "pip", "pip.conf"),
    join(system, "pip.conf"),
    home && join(home, ".pip", "pip.conf"),
    home && join(home, "Library", "Application Support", "pip", "pip.conf"),
    configuration && join(configuration, "pip", "pip.conf"),
    environmentFolder && join(environmentFolder, "pip.conf"),
    own,
  ];
  for (const file of files) {
    if (!file) continue;
    const text = await Deno.readTextFile(file).catch(() => "");
    const sections = parse(text);
    for (const name of ["global", "download"]) {
      for (const [key, value] of sections.get(name) ?? []) {
        merged.set(key, value);
      }
    }
  }
  return merged;
}

/** The sections of an INI file and their keys. */
function parse(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]\s*$/.exec(line);
    const pair = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (header) sections.set(header[1]!, section = new Map());
    else if (pair) section.set(pair[1]!.replaceAll("_", "-"), pair[2]!);
  }
  return sections;
}
