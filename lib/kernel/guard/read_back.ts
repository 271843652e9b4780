import process from "node:process";
import type { DenoKernel } from "../shared/deno_kernel.ts";
import { handshake } from "../wire/handshake.ts";
import { Message } from "../wire/message.ts";

/** The longest that is waited, in milliseconds. */
const PATIENCE = 30_000;

/** Milliseconds after which one more marker is sent. */
const INTERVAL = 20;

/** Bytes of the longest output. */
const LONGEST = 2 ** 31;

let count = 0;

/**
 * Waits until all that was displayed so far is on its way to the front ends: listens to
 * the kernel's own outputs, sends a marker, and waits until it comes by.
 *
 * The kernel sends each output to all listeners before it sends the next; so what comes
 * by here has everything before it sent to everyone.
 */
export async function readBack(
  jupyter: DenoKernel["jupyter"],
): Promise<void> {
  const file = connectionFile();
  if (file === undefined) return;
  const { ip, iopub_port } = JSON.parse(await Deno.readTextFile(file));
  const connection = await Deno.connect({ hostname: ip, port: iopub_port });
  const name = `${Deno.pid}-${count++}`;
  // Front ends pass over an update of nothing.
  const mark = () =>
    jupyter.broadcast("update_display_data", {
      data: {},
      metadata: {},
      transient: {},
    }, { metadata: { slope_marker: name } });
  const timer = setInterval(mark, INTERVAL);
  const end = setTimeout(() => connection.close(), PATIENCE);
  try {
    const reader = await handshake(connection, "SUB", LONGEST);
    await connection.write(Uint8Array.of(0, 1, 1));
    mark();
    for (;;) {
      const message = new Message(await reader.message());
      if (message.metadata.slope_marker === name) return;
    }
  } catch {
    // Nobody answers; what is lost is lost.
  } finally {
    clearInterval(timer);
    clearTimeout(end);
    try {
      connection.close();
    } catch {
      // Closed above.
    }
  }
}

/** The connection file with which Jupyter started this kernel. */
function connectionFile(): string | undefined {
  const words = Deno.build.os === "linux"
    ? Deno.readTextFileSync("/proc/self/cmdline").split("\0")
    : commandLine().split(" ");
  const at = words.indexOf("--conn");
  return at < 0 ? undefined : words[at + 1];
}

function commandLine(): string {
  const { stdout } = new Deno.Command("ps", {
    args: ["-p", String(process.pid), "-o", "args="],
  }).outputSync();
  return new TextDecoder().decode(stdout).trim();
}
