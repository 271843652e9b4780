import { cpus } from "node:os";
import {
  cacheDirectory,
  type Environment,
  formatBytes,
  freeBytes,
} from "../files/mod.ts";
import type { Finding } from "./finding.ts";

/** Operating system, processor, memory, and the folder Slope keeps files in. */
export async function examineMachine(
  environment: Environment,
): Promise<Finding[]> {
  const { os, arch } = Deno.build;
  const { total, available } = Deno.systemMemoryInfo();
  const cores = navigator.hardwareConcurrency;
  const processor = cpus()[0]?.model.trim() || "unknown processor";
  const cache = cacheDirectory(environment);
  const free = await freeBytes(cache);
  const room = free === undefined ? "" : `, ${formatBytes(free)} free`;
  return [{
    name: "machine",
    status: "ok",
    detail: `${os} ${arch}, ${processor}, ${cores} cores, ${
      formatBytes(total)
    } of memory, ${formatBytes(available)} free`,
    values: {
      os,
      arch,
      processor,
      cores,
      memory: total,
      freeMemory: available,
    },
  }, {
    name: "cache",
    status: "ok",
    detail: `${cache}${room}`,
    values: { directory: cache, freeBytes: free ?? null },
  }];
}
