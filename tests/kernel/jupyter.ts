/** Jupyter for tests: real clients in Python, kernels in a folder of the test's own. */
import { createHash } from "node:crypto";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "../../lib/files/cache_directory.ts";
import { withLock } from "../../lib/files/lock.ts";
import { installKernel } from "../../lib/kernel/spec/install.ts";

const scripts = fileURLToPath(new URL("./python/", import.meta.url));

/** Why these tests cannot run here; undefined if they can. */
export const reason: string | undefined = await missing();

/** What to add to a test's name where it is skipped. */
export const note = reason === undefined ? "" : ` (${reason})`;

async function missing(): Promise<string | undefined> {
  if (Deno.build.os === "windows") return "the kernel needs Linux or macOS";
  try {
    const { success } = await new Deno.Command("python3", {
      args: ["-c", "import ensurepip, venv"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success ? undefined : "needs python3 with venv";
  } catch {
    return "needs python3";
  }
}

let environment: Promise<string> | undefined;

/** The Python of an environment with the clients; made once, then kept. */
export function python(): Promise<string> {
  return environment ??= makeEnvironment();
}

async function makeEnvironment(): Promise<string> {
  const requirements = join(scripts, "requirements.txt");
  const hash = createHash("sha256")
    .update(await Deno.readTextFile(requirements)).digest("hex").slice(0, 12);
  const folder = join(cacheDirectory(), "test-python", hash);
  const program = join(folder, "bin", "python");
  const complete = join(folder, "complete");
  await withLock(`${folder}.lock`, async () => {
    if (await exists(complete)) return;
    console.log("Installing Jupyter's clients for the tests of the kernel …");
    await run("python3", ["-m", "venv", "--clear", folder]);
    await run(program, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "-r",
      requirements,
    ]);
    await Deno.writeTextFile(complete, "");
  });
  return program;
}

async function run(program: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(`${program}: ${new TextDecoder().decode(stderr).trim()}`);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** A place where Jupyter and kernels find nothing but the test's own files. */
export interface Place {
  /** The variables for it. */
  env: Record<string, string>;
  /** Where kernels put temporary files. */
  temporary: string;
  /** An empty folder for notebooks. */
  notebooks: string;
}

/** Runs a test in such a place, with the kernels "slope" and "stock". */
export async function withJupyter(
  test: (place: Place) => Promise<void>,
): Promise<void> {
  const root = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "slope_jupyter_" }),
  );
  const folder = async (name: string) => {
    await Deno.mkdir(join(root, name), { recursive: true });
    return join(root, name);
  };
  try {
    const data = await folder("data");
    await installKernel(data, "slope");
    await Deno.writeTextFile(
      join(await folder("data/kernels/stock"), "kernel.json"),
      JSON.stringify({
        argv: [
          Deno.execPath(),
          "jupyter",
          "--kernel",
          "--conn",
          "{connection_file}",
        ],
        display_name: "Deno",
        language: "typescript",
        env: { NO_COLOR: "1" },
      }),
    );
    await test({
      env: {
        JUPYTER_DATA_DIR: data,
        JUPYTER_CONFIG_DIR: await folder("config"),
        JUPYTER_RUNTIME_DIR: await folder("runtime"),
        JUPYTER_PATH: "",
        JUPYTER_PLATFORM_DIRS: "1",
        TMPDIR: await folder("temporary"),
        NO_COLOR: "1",
      },
      temporary: join(root, "temporary"),
      notebooks: await folder("mit Leerzeichen ü"),
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/**
 * Copies Slope, and makes the kernel "slope" that of the copy.
 *
 * @param edit Called before the kernel is installed, to change the copy.
 */
export async function installCopy(
  place: Place,
  folder: string,
  edit?: () => Promise<void>,
): Promise<void> {
  const checkout = fileURLToPath(new URL("../..", import.meta.url));
  await Deno.mkdir(folder, { recursive: true });
  for (const name of ["deno.json", "deno.lock", "mod.ts", "lib", "data"]) {
    await cp(join(checkout, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.endsWith("/results"),
    });
  }
  await edit?.();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--node-modules-dir=none",
      `--config=${folder}/deno.json`,
      `${folder}/lib/cli/kernel.ts`,
    ],
    env: place.env,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** One output of a cell: its type, and its text, or its length if that is long. */
export type Output = [type: string, text: string | number];

/** What a notebook did. */
export interface Executed {
  /** Seconds until the kernel was ready. */
  ready: number;
  /** Seconds of each cell. */
  seconds: number[];
  /** The outputs of each cell. */
  outputs: Output[][];
}

/** Runs notebooks with nbclient. */
export async function execute(
  place: Place,
  jobs: { kernel: string; cells: string[] }[],
): Promise<Executed[]> {
  const child = new Deno.Command(await python(), {
    args: [join(scripts, "execute.py")],
    env: place.env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = JSON.stringify(
    jobs.map((job) => ({ ...job, folder: place.notebooks })),
  );
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => JSON.parse(line));
}

/** What came of a cell. */
export interface Collected {
  /** Whether it ended in time. */
  ended: boolean;
  /** What it showed. */
  outputs: Output[];
  /** The reply, for the client that ran it. */
  reply: { status: string; ename?: string; evalue?: string } | null;
}

/** A kernel that is driven step by step. */
export class Driver implements AsyncDisposable {
  #child: Deno.ChildProcess;
  #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Starts a kernel. */
  static async start(place: Place, kernel = "slope"): Promise<Driver> {
    const child = new Deno.Command(await python(), {
      args: [join(scripts, "drive.py"), kernel],
      env: place.env,
      cwd: place.notebooks,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    return new Driver(child);
  }

  /** Does one step of `drive.py`. */
  async do<T>(step: string, args: Record<string, unknown> = {}): Promise<T> {
    const writer = this.#child.stdin.getWriter();
    const line = `${JSON.stringify({ do: step, ...args })}\n`;
    await writer.write(new TextEncoder().encode(line));
    writer.releaseLock();
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#lines.read();
      if (done) throw new Error(`the driver ended at ${step}`);
      this.#rest += value;
    }
    const at = this.#rest.indexOf("\n");
    const answer = this.#rest.slice(0, at);
    this.#rest = this.#rest.slice(at + 1);
    return JSON.parse(answer);
  }

  /** Runs a cell to its end. */
  async run(code: string): Promise<Collected> {
    return await this.collect(await this.send(code));
  }

  /** Starts a cell. */
  send(code: string): Promise<string> {
    return this.do("send", { code });
  }

  /** Waits for the end of a cell. */
  collect(id: string, timeout = 30): Promise<Collected> {
    return this.do("collect", { id, timeout });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.cancel();
    this.#child.kill("SIGKILL");
    await this.#child.stdin.abort().catch(() => {});
    await this.#child.status;
  }
}
