import { type Channel, CHANNELS } from "./connection_file.ts";

/** Ports that nothing listens on, as far as one can know. */
export function freePorts(hostname: string): Record<Channel, number> {
  const held = CHANNELS.map(() => Deno.listen({ hostname, port: 0 }));
  const ports = held.map(({ addr }) => addr.port);
  for (const listener of held) listener.close();
  return Object.fromEntries(
    CHANNELS.map((channel, index) => [channel, ports[index]!]),
  ) as Record<Channel, number>;
}
