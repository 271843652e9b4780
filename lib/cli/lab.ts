/**
 * `deno task lab`: JupyterLab with Slope's kernel and the tour open.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "../files/cache_directory.ts";
import { startLab } from "../lab/lab_server.ts";
import { ensureJupyterLab } from "../lab/python_environment.ts";
import { ExitCode, runCommand, UsageError } from "./command.ts";
import { createProgress } from "../terminal/progress.ts";

const help = `
Usage: deno task lab [--port PORT] [--no-browser]

Opens the tour in JupyterLab, with the kernel "Slope (Deno)". JupyterLab and what it
needs to draw figures are installed once, into Slope's folder in your cache (by uv, or
by Python 3 with pip); no other Jupyter of yours is touched. Ctrl-C ends all of it.

Options:
  --port PORT    where it listens (default: 8888, or a free port)
  --no-browser   open no browser; the address is printed
  --help         print this

Environment:
  SLOPE_CACHE    the folder to install in (default: slope in your cache)

Exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted.
`;

const NOTEBOOKS = fileURLToPath(new URL("../../notebooks", import.meta.url));

await runCommand({
  name: "lab",
  help,
  options: {
    string: ["port"],
    boolean: ["browser"],
    negatable: ["browser"],
    default: { browser: true },
  },
  async run({ port, browser }, signal) {
    const cache = cacheDirectory();
    const progress = createProgress();
    const program = await ensureJupyterLab(cache, {
      signal,
      onStep: (what) => progress.update(0, 0, what),
    });
    progress.finish();
    await using server = await startLab({
      program,
      folder: NOTEBOOKS,
      open: "tour.ipynb",
      state: join(cache, "lab"),
      browser,
      ...port === undefined ? {} : { port: portOf(port) },
    });
    console.log(`JupyterLab: ${server.url}\nCtrl-C ends it.`);
    const interrupted = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => interrupted.resolve());
    if (signal.aborted) interrupted.resolve();
    const code = await Promise.race([server.ended, interrupted.promise]);
    if (code !== undefined) {
      throw new Error(`JupyterLab ended by itself: ${code}`);
    }
    return ExitCode.interrupted;
  },
});

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`--port must be in 1 to 65535, got ${text}`);
}
