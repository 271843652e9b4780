import { join } from "node:path";
import { type Channel, CHANNELS } from "../launcher/connection_file.ts";
import { freePorts } from "../launcher/free_ports.ts";
import { execute, request } from "../launcher/request.ts";
import type { KernelSpec } from "./kernel_spec.ts";

/** The longest that a kernel may take, in milliseconds. */
const PATIENCE = 30_000;

/** The cell that has to run. */
const CELL =
  'import { constant } from "slope/schedules"; constant({ value: 1 })(0)';

/**
 * Starts an installed kernel as Jupyter does, imports Slope in a cell, and ends it.
 *
 * @param spec The kernel.
 * @returns Seconds until it was ready.
 * @throws {Error} If it does not work; the message says how.
 */
export async function probeKernel(spec: KernelSpec): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "slope-probe-" });
  try {
    return await probeIn(spec, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function probeIn(spec: KernelSpec, folder: string): Promise<number> {
  const ip = "127.0.0.1";
  const key = crypto.randomUUID();
  const ports = freePorts(ip);
  const path = join(folder, "connection.json");
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      transport: "tcp",
      ip,
      key,
      signature_scheme: "hmac-sha256",
      ...Object.fromEntries(
        CHANNELS.map((channel) => [`${channel}_port`, ports[channel]]),
      ),
    }),
    { mode: 0o600 },
  );
  const [program = "", ...args] = spec.argv.map((argument) =>
    argument.replace("{connection_file}", path)
  );
  const started = performance.now();
  const child = new Deno.Command(program, {
    args,
    env: spec.env,
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const complaint = new Response(child.stderr).text();
  let ended = false;
  child.status.then(() => ended = true);
  const timer = setTimeout(() => kill(child), PATIENCE);
  const kernel = {
    async dial(channel: Channel): Promise<Deno.TcpConn> {
      while (!ended) {
        try {
          return await Deno.connect({ hostname: ip, port: ports[channel] });
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
      throw new Error("it ended");
    },
  };
  try {
    await request(kernel, "shell", key, "kernel_info_request", {});
    const seconds = (performance.now() - started) / 1000;
    const { content } = await execute(kernel, key, CELL, { silent: false });
    if (content.status !== "ok") throw new Error(`${content.evalue}`);
    await request(kernel, "control", key, "shutdown_request", {
      restart: false,
    });
    await child.status;
    return seconds;
  } catch (error) {
    kill(child);
    const [line] = (await complaint).split("\n").filter((line) =>
      line.startsWith("Slope's kernel")
    );
    throw new Error(line ?? (error as Error).message);
  } finally {
    clearTimeout(timer);
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch {
    // Already gone.
  }
}
