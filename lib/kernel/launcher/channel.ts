import { bytesOf, type Frame } from "../wire/frame.ts";
import { writeAll } from "../wire/handshake.ts";
import { FrameReader } from "../wire/reader.ts";
import type { Channel } from "./connection_file.ts";
import type { InnerKernel } from "./inner_kernel.ts";

/** Bytes of the longest reply. */
const LONGEST = 2 ** 31;

/** A message from the kernel to a front end, and what to send in its place. */
export type Rewrite = (frames: Frame[]) => Frame[] | Promise<Frame[]>;

/**
 * Connects each front end with the kernel, byte by byte.
 *
 * @param rewrite What becomes of the kernel's messages; nothing by default.
 */
export async function serveChannel(
  listener: Deno.TcpListener,
  kernel: InnerKernel,
  channel: Channel,
  rewrite?: Rewrite,
): Promise<void> {
  for await (const front of listener) {
    connect(front, kernel, channel, rewrite).catch(() => {});
  }
}

async function connect(
  front: Deno.TcpConn,
  kernel: InnerKernel,
  channel: Channel,
  rewrite: Rewrite | undefined,
): Promise<void> {
  let inner: Deno.TcpConn;
  try {
    inner = await kernel.dial(channel);
  } catch (error) {
    front.close();
    throw error;
  }
  front.setNoDelay();
  inner.setNoDelay();
  // When one side ends, the other one is told.
  await Promise.all([
    front.readable.pipeTo(inner.writable).catch(() => {}),
    rewrite
      ? copyMessages(inner, front, rewrite).catch(() => {})
        .finally(() => close(front))
      : inner.readable.pipeTo(front.writable).catch(() => {}),
  ]);
  close(inner);
}

/** Passes the greeting on, then frame by frame; messages are rewritten. */
async function copyMessages(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  rewrite: Rewrite,
): Promise<never> {
  const reader = new FrameReader(from, LONGEST);
  await writeAll(to, await reader.read(64));
  const { head, body } = await reader.frame();
  await writeAll(to, bytesOf([{ head, body }]));
  for (;;) {
    await writeAll(to, bytesOf(await rewrite(await reader.message())));
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // Already closed.
  }
}
