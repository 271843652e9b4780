import { bytesOf } from "../wire/frame.ts";
import { handshake, writeAll } from "../wire/handshake.ts";
import { compose, Message } from "../wire/message.ts";
import type { Channel } from "./connection_file.ts";

/** Bytes of the longest reply. */
const REPLY = 16 * 1024 * 1024;

/** What the kernel replied. */
export interface Reply {
  /** The name of the request. */
  id: string;
  /** What it says. */
  content: Record<string, unknown>;
}

/** Something that can be connected with: a kernel. */
export interface Dialable {
  /** Connects to one of its channels. */
  dial(channel: Channel): Promise<Deno.TcpConn>;
}

/** Asks a kernel something. */
export async function request(
  kernel: Dialable,
  channel: Channel,
  key: string,
  type: string,
  content: unknown,
): Promise<Reply> {
  const connection = await kernel.dial(channel);
  try {
    const reader = await handshake(connection, "DEALER", REPLY);
    await writeAll(connection, bytesOf(compose({ type, content, key })));
    const { parent, content: said } = new Message(await reader.message());
    return { id: parent.msg_id ?? "", content: said };
  } finally {
    connection.close();
  }
}

/** Runs code in a kernel, without a number in its history. */
export function execute(
  kernel: Dialable,
  key: string,
  code: string,
  { silent }: { silent: boolean },
): Promise<Reply> {
  return request(kernel, "shell", key, "execute_request", {
    code,
    silent,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  });
}
