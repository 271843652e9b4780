import { join } from "node:path";
import { type Channel, CHANNELS } from "../kernel/launcher/connection_file.ts";
import { freePorts } from "../kernel/launcher/free_ports.ts";
import { type Dialable, request } from "../kernel/launcher/request.ts";
import { type KernelSpec, kernelSpec } from "../kernel/spec/kernel_spec.ts";
import { lastText } from "../processes/last_text.ts";
import { sendSignal } from "../processes/send_signal.ts";

const HOST = "127.0.0.1";

/** How long a kernel may take to end when it is asked to, in milliseconds. */
const END = 5_000;

/** How a kernel is started. */
export interface KernelOptions {
  /** The folder that its cells see as theirs. */
  folder: string;
  /** The kernel. @default {this checkout's} */
  spec?: KernelSpec;
}

/** A running kernel; disposing of it ends it. */
export interface RunningKernel extends Dialable, AsyncDisposable {
  /** The key that signs its messages. */
  key: string;
}

/**
 * Starts a kernel as Jupyter does.
 *
 * @returns The kernel, which may not be ready yet.
 */
export async function startKernel(
  { folder, spec = kernelSpec() }: KernelOptions,
): Promise<RunningKernel> {
  const scratch = await Deno.makeTempDir({ prefix: "slope-notebook-" });
  const key = crypto.randomUUID();
  const ports = freePorts(HOST);
  const path = join(scratch, "connection.json");
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      transport: "tcp",
      ip: HOST,
      key,
      signature_scheme: "hmac-sha256",
      ...Object.fromEntries(
        CHANNELS.map((channel) => [`${channel}_port`, ports[channel]]),
      ),
    }),
    { mode: 0o600 },
  );
  const [program = "", ...args] = spec.argv
    .map((argument) => argument.replace("{connection_file}", path));
  const child = new Deno.Command(program, {
    args,
    cwd: folder,
    env: { ...spec.env, JPY_PARENT_PID: String(Deno.pid) },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let complaint = "";
  const complained = lastText(child.stderr, (text) => complaint = text);
  let ended = false;
  const gone = child.status.then(() => ended = true);

  const kernel = {
    key,
    async dial(channel: Channel): Promise<Deno.TcpConn> {
      while (!ended) {
        try {
          return await Deno.connect({ hostname: HOST, port: ports[channel] });
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
      throw new Error(`the kernel has ended. ${complaint}`.trim());
    },
    async [Symbol.asyncDispose](): Promise<void> {
      const timer = setTimeout(() => sendSignal(child, "SIGTERM"), END);
      const asked = request(kernel, "control", key, "shutdown_request", {
        restart: false,
      }).catch(() => sendSignal(child, "SIGTERM"));
      await gone;
      clearTimeout(timer);
      await Promise.all([asked, complained]);
      await Deno.remove(scratch, { recursive: true });
    },
  };
  return kernel;
}
