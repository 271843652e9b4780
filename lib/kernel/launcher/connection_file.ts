/** The channels of a Jupyter kernel. */
export const CHANNELS = ["shell", "control", "stdin", "hb", "iopub"] as const;

/** One of them. */
export type Channel = (typeof CHANNELS)[number];

/** Where a kernel listens, and the key that signs its messages. */
export interface ConnectionInfo {
  /** The address. */
  ip: string;
  /** The key; empty for none. */
  key: string;
  /** The ports. */
  ports: Record<Channel, number>;
  /** The file's contents, for a file like it. */
  raw: Record<string, unknown>;
}

/**
 * Reads the connection file with which Jupyter starts a kernel.
 *
 * @throws {TypeError} If it is none that this kernel understands.
 */
export async function readConnectionFile(
  path: string,
): Promise<ConnectionInfo> {
  const raw = JSON.parse(await Deno.readTextFile(path));
  const refuse = (what: string): never => {
    throw new TypeError(`${path} is not a usable connection file: ${what}`);
  };
  if (typeof raw !== "object" || raw === null) refuse("it holds no object");
  const { ip = "127.0.0.1", key = "", transport = "tcp" } = raw;
  if (transport !== "tcp") refuse(`transport must be tcp, got ${transport}`);
  if (typeof ip !== "string") refuse("ip must be text");
  if (typeof key !== "string") refuse("key must be text");
  const ports = Object.fromEntries(CHANNELS.map((channel) => {
    const port = raw[`${channel}_port`];
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      refuse(`${channel}_port must be a port, got ${port}`);
    }
    return [channel, port];
  })) as Record<Channel, number>;
  return { ip, key, ports, raw };
}

/** The contents of a connection file for another kernel with the same key. */
export function connectionFileLike(
  info: ConnectionInfo,
  ip: string,
  ports: Record<Channel, number>,
): string {
  return JSON.stringify({
    ...info.raw,
    ip,
    ...Object.fromEntries(
      CHANNELS.map((channel) => [`${channel}_port`, ports[channel]]),
    ),
  });
}
