import { join } from "node:path";
import { CHANNELS, connectionFileLike } from "./connection_file.ts";
import type { Channel, ConnectionInfo } from "./connection_file.ts";
import { freePorts } from "./free_ports.ts";
import type { Dialable } from "./request.ts";

/** Where Deno's kernel listens: on ports that only the launcher knows. */
const HOST = "127.0.0.1";

/** How often it is tried again if a port was taken in between. */
const ATTEMPTS = 5;

/** A running `deno jupyter`. */
export interface InnerKernel extends Dialable {
  /** The process. */
  process: Deno.ChildProcess;
}

/**
 * Starts `deno jupyter` on ports of its own.
 *
 * @param info Jupyter's connection file; the key is the same.
 * @param folder The kernel's private folder; it starts there, so that the
 * `deno.json` in it holds.
 * @throws {Error} If it does not start.
 */
export async function startInnerKernel(
  info: ConnectionInfo,
  folder: string,
): Promise<InnerKernel> {
  for (let attempt = 1;; attempt++) {
    const ports = freePorts(HOST);
    const path = join(folder, "connection.json");
    await Deno.writeTextFile(path, connectionFileLike(info, HOST, ports), {
      mode: 0o600,
    });
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--quiet", "--kernel", "--conn", path],
      cwd: folder,
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
    let ended: number | undefined;
    process.status.then(({ code }) => ended = code);
    const dial = async (channel: Channel) => {
      for (;;) {
        if (ended !== undefined) {
          throw new Error(`deno jupyter ended with code ${ended}`);
        }
        try {
          return await Deno.connect({ hostname: HOST, port: ports[channel] });
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    };
    try {
      // Once all channels listen, no port can be taken any more.
      for (const channel of CHANNELS) (await dial(channel)).close();
      return { process, dial };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
