import { join } from "node:path";
import { DownloadError, type Environment } from "../../files/mod.ts";
import type { Wheel } from "./manifest.ts";

/** The ways to start pip, in the order in which they are tried. */
const ways: [string, ...string[]][] = [
  ["python3", "-m", "pip"],
  ["pip"],
  ["uv", "tool", "run", "--from", "pip", "pip"],
];

/**
 * Downloads a wheel with pip, which knows the user's proxies, certificates,
 * credentials and further indexes.
 *
 * pip is started as `python3 -m pip`, as `pip`, or by uv. It does not install
 * anything.
 *
 * @param wheel The wheel.
 * @param folder The folder to put it in.
 * @param options The variables pip is to see, and a signal that ends it.
 * @returns The wheel's path. It has not been checked.
 * @throws {DownloadError} If there is no pip, or it fails.
 */
export async function downloadWithPip(
  wheel: Wheel,
  folder: string,
  options: { environment: Environment; signal?: AbortSignal },
): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  let failure = "there is no pip";
  for (const [command, ...before] of ways) {
    const args = [...before, ...pipArguments(wheel, folder)];
    // pip's own temporary folder may be on a disk too small for the wheel.
    const env = { ...options.environment.toObject(), TMPDIR: folder };
    const result = await run(command, args, env, options.signal);
    options.signal?.throwIfAborted();
    if (result === "done") return join(folder, wheel.filename);
    // No module named pip, no such command: what is next may be there.
    if (result !== "missing") failure = result;
    if (result.startsWith("pip: ERROR")) break;
  }
  throw new DownloadError(failure);
}

function pipArguments(wheel: Wheel, folder: string): string[] {
  const tags = wheel.filename.replace(/\.whl$/, "").split("-").slice(-3);
  const [python, abi, platforms] = tags as [string, string, string];
  const digits = /^cp3(\d+)$/.exec(python)?.[1];
  return [
    "download",
    ...["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"],
    ...["--disable-pip-version-check", "--progress-bar=off", "--retries=1"],
    ...["--platform", platforms.split(".")[0]!],
    ...["--python-version", `3.${digits ?? 11}`],
    ...["--implementation", digits === undefined ? "py" : "cp"],
    ...["--abi", abi],
    ...["--dest", folder],
    `${wheel.project}==${wheel.version}`,
  ];
}

async function run(
  command: string,
  args: string[],
  env: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<"done" | "missing" | `pip: ${string}`> {
  try {
    const { success, stderr } = await new Deno.Command(command, {
      args,
      env,
      clearEnv: true,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      ...(signal ? { signal } : {}),
    }).output();
    if (success) return "done";
    const lines = new TextDecoder().decode(stderr).trim().split("\n");
    const error = lines.find((line) => line.startsWith("ERROR")) ??
      lines.at(-1)!;
    return `pip: ${error.slice(0, 300)}`;
  } catch {
    return "missing";
  }
}
