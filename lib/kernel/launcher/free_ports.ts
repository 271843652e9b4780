import { type Channel, CHANNELS } from "./connection_file.ts";

/** Ports below those from which systems take the ports of outgoing connections. */
const RANGE = { from: 12_000, to: 32_000 };

/**
 * Ports that nothing listens on, as far as one can know.
 *
 * Not the ones that the system would give: whoever tries to connect with such a port
 * before anyone listens there may be given that very port to connect from, and is then
 * connected with himself.
 */
export function freePorts(hostname: string): Record<Channel, number> {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  let port = RANGE.from + random! % (RANGE.to - RANGE.from);
  const found = CHANNELS.map((channel): [Channel, number] => {
    for (;;) {
      port = port < RANGE.to ? port + 1 : RANGE.from;
      if (isFree(hostname, port)) return [channel, port];
    }
  });
  return Object.fromEntries(found) as Record<Channel, number>;
}

function isFree(hostname: string, port: number): boolean {
  try {
    Deno.listen({ hostname, port }).close();
    return true;
  } catch {
    return false;
  }
}
