/**
 * A Python environment of Slope's own, with JupyterLab.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "../files/lock.ts";
import requirements from "./requirements.txt" with { type: "text" };

const REQUIREMENTS = fileURLToPath(
  new URL("requirements.txt", import.meta.url),
);

/** The file that says that the environment is whole. */
const READY = "slope-ready";

/** What an installation is told, and tells. */
export interface InstallOptions {
  /** Ends it. */
  signal?: AbortSignal;
  /** Told what is done, before it is done. */
  onStep?: (what: string) => void;
}

/**
 * Makes sure that there is a Python environment with the pinned JupyterLab, by uv or
 * else by `python3 -m venv` and pip, which know the user's proxies and indexes.
 *
 * @param cache Slope's folder in the user's cache.
 * @returns The program jupyter-lab.
 * @throws {Error} If there is neither uv nor Python 3, or installing fails.
 */
export async function ensureJupyterLab(
  cache: string,
  { signal, onStep = () => {} }: InstallOptions = {},
): Promise<string> {
  const hash = createHash("sha256").update(requirements).digest("hex");
  // Programs of an environment hold its path, so that it cannot be moved into place:
  // a file in it says that it is whole.
  const folder = join(cache, `lab-${hash.slice(0, 12)}`);
  const program = join(folder, "bin", "jupyter-lab");
  const isReady = async () =>
    await isFile(join(folder, READY)) && await isFile(program);
  if (await isReady()) return program;
  const lock = {
    ...signal && { signal },
    onWait: () => onStep("waiting: JupyterLab is being installed by another"),
  };
  await withLock(`${folder}.lock`, async () => {
    if (!await isReady()) await install(folder, { signal, onStep });
  }, lock);
  return program;
}

/** Installs into a folder, which is emptied before. */
async function install(
  folder: string,
  { signal, onStep }: {
    signal: AbortSignal | undefined;
    onStep: (what: string) => void;
  },
): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  onStep("installing JupyterLab, once");
  const python = join(folder, "bin", "python");
  const run = (...command: string[]) => mustRun(command, signal);
  const tool = await findInstaller(signal);
  if (tool === "uv") {
    await run("uv", "venv", "--quiet", folder);
    const target = ["--python", python, "-r", REQUIREMENTS];
    await run("uv", "pip", "install", "--quiet", ...target);
  } else if (tool === "python3") {
    await run("python3", "-m", "venv", folder);
    const quiet = ["--quiet", "--no-input", "--disable-pip-version-check"];
    await run(python, "-m", "pip", "install", ...quiet, "-r", REQUIREMENTS);
  } else {
    throw new Error(
      "JupyterLab needs uv, or Python 3 with its module venv (on Debian: apt install python3-venv)",
    );
  }
  await Deno.writeTextFile(join(folder, READY), "");
}

/** What can make a Python environment here: uv, Python 3 itself, or nothing. */
export async function findInstaller(
  signal?: AbortSignal,
): Promise<"uv" | "python3" | undefined> {
  if (await succeeds(["uv", "--version"], signal)) return "uv";
  const python = ["python3", "-c", "import venv, ensurepip"];
  return await succeeds(python, signal) ? "python3" : undefined;
}

async function mustRun(
  [program, ...args]: string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { success, stderr } = await output(program!, args, signal);
  signal?.throwIfAborted();
  if (success) return;
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(
    `${program} ${args[0]} ${args[1]} failed: ${lines.slice(-3).join(" ")}`,
  );
}

async function succeeds(
  [program, ...args]: string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return (await output(program!, args, signal)).success;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

function output(
  program: string,
  args: string[],
  signal: AbortSignal | undefined,
): Promise<Deno.CommandOutput> {
  return new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    ...signal && { signal },
  }).output();
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile ?? false;
}
