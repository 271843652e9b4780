import { COMMAND, concatenate, frameHead } from "./frame.ts";
import { FrameReader } from "./reader.ts";

/** The kinds of sockets that are spoken here. */
export type SocketType = "DEALER" | "PUB" | "SUB";

/** Opens a ZMTP connection, and returns what reads from it. */
export async function handshake(
  connection: Deno.TcpConn,
  type: SocketType,
  limit: number,
): Promise<FrameReader> {
  connection.setNoDelay();
  const reader = new FrameReader(connection, limit);
  await writeAll(connection, greeting());
  await reader.read(64);
  await writeAll(connection, ready(type));
  await reader.frame();
  return reader;
}

/** Writes all bytes; only one such call at a time may write to a connection. */
export async function writeAll(
  connection: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await connection.write(bytes.subarray(written));
  }
}

/** Signature, version 3.0, mechanism NULL, zeros. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(text("NULL"), 12);
  return bytes;
}

/** The command READY with this end's socket type. */
function ready(type: SocketType): Uint8Array {
  const name = text("READY");
  const property = text("Socket-Type");
  const value = text(type);
  const body = concatenate([
    Uint8Array.of(name.length),
    name,
    Uint8Array.of(property.length),
    property,
    Uint8Array.of(0, 0, 0, value.length),
    value,
  ]);
  return concatenate([frameHead(body.length, COMMAND), body]);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
