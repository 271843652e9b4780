import { join } from "node:path";
import { DownloadError, type Environment } from "../../files/mod.ts";
import type { Wheel } from "./manifest.ts";

/** The ways to start pip, in the order in which they are tried. */
const ways = [
  ["python3", "-m", "pip"],
  ["pip"],
  ["uv", "tool", "run", "--from", "pip", "pip"],
];

/** pip, ready to be given a wheel. */
export type Pip = (wheel: Wheel, folder: string) => Promise<string>;

/**
 * Finds pip, which knows the user's proxies, certificates, credentials and
 * further indexes: as `python3 -m pip`, as `pip`, or by uv.
 *
 * @param environment The variables it is to see.
 * @param signal Ends it.
 * @returns A function that downloads a wheel into a folder, installs nothing,
 * and returns the wheel's path, unchecked; it throws a {@linkcode DownloadError}
 * with pip's message. Undefined if there is no pip, or it may not be run.
 */
export async function findPip(
  environment: Environment,
  signal?: AbortSignal,
): Promise<Pip | undefined> {
  for (const way of ways) {
    const run = (args: string[], variables: Record<string, string> = {}) =>
      start([...way, ...args], environment, variables, signal);
    if ((await run(["--version"]))?.success !== true) continue;
    return async (wheel, folder) => {
      await Deno.mkdir(folder, { recursive: true });
      // pip's own temporary folder may be on a disk too small for the wheel.
      const result = await run(download(wheel, folder), { TMPDIR: folder });
      signal?.throwIfAborted();
      if (result?.success) return join(folder, wheel.filename);
      throw new DownloadError(`pip: ${errorIn(result?.stderr)}`);
    };
  }
  return undefined;
}

async function start(
  [command, ...args]: string[],
  environment: Environment,
  variables: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Deno.CommandOutput | undefined> {
  try {
    return await new Deno.Command(command!, {
      args,
      ...(environment === Deno.env
        ? { env: variables }
        : { env: { ...environment.toObject(), ...variables }, clearEnv: true }),
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      ...(signal ? { signal } : {}),
    }).output();
  } catch {
    return undefined;
  }
}

function download({ filename, project, version }: Wheel, folder: string) {
  const tags = filename.replace(/\.whl$/, "").split("-").slice(-3);
  const [python, abi, platforms] = tags as [string, string, string];
  const minor = /^cp3(\d+)$/.exec(python)?.[1];
  return [
    "download",
    ...["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"],
    ...["--disable-pip-version-check", "--progress-bar=off", "--retries=1"],
    ...["--platform", platforms.split(".")[0]!],
    ...["--python-version", `3.${minor ?? 11}`],
    ...["--implementation", minor === undefined ? "py" : "cp"],
    ...["--abi", abi],
    ...["--dest", folder],
    `${project}==${version}`,
  ];
}

/** pip's own error among what it says. */
function errorIn(stderr: Uint8Array = new Uint8Array()): string {
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  const line = lines.find((line) => line.startsWith("ERROR: "));
  return (line ?? lines.at(-1)!).replace("ERROR: ", "").slice(0, 300);
}
