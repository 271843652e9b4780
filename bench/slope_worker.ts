/**
 * Starts our side of a comparison.
 *
 * @module
 */
import type { BackendName } from "../lib/runtime/initialize.ts";
import type { Burst } from "./burst.ts";
import { Child } from "./child.ts";
import type { Contestant } from "./compare.ts";
import type { Arm } from "./worker.ts";

/** Seconds of a burst. */
export const BURST_SECONDS = 0.4;

/** Threads inside an operation, and operations at a time; 0 is TensorFlow's choice. */
export type Threads = readonly [intraOp: number, interOp: number];

/** The settings worth trying: the default, one operation at a time, one thread each. */
export function threadSettings(): Threads[] {
  const cores = navigator.hardwareConcurrency;
  return [[0, 0], [cores, 1], [1, cores]];
}

/** A process of ours. */
export interface SlopeWorker {
  readonly child: Child;
  readonly name: string;
}

/** Starts a process on a backend, with threads. */
export async function slopeWorker(
  backend: BackendName,
  [intraOpThreads, interOpThreads]: Threads = [0, 0],
): Promise<SlopeWorker> {
  const name = backend === "tensorflow"
    ? `threads ${intraOpThreads}/${interOpThreads}`
    : backend;
  const child = new Child(`the ${backend} worker`, Deno.execPath(), {
    args: [
      "run",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-net",
      "--allow-run",
      "--allow-ffi",
      "--allow-sys",
      new URL("./worker.ts", import.meta.url).pathname,
    ],
  });
  await child.ask({
    command: "start",
    runtime: backend === "tensorflow"
      ? { backend, intraOpThreads, interOpThreads }
      : { backend },
  });
  return { child, name };
}

/** A way of ours to do a workload. */
export function slopeContestant(
  { child, name }: SlopeWorker,
  arm: Arm,
  workload: string,
): Contestant {
  return {
    name: `${arm}, ${name}`,
    run: () =>
      child.ask<Burst>({
        command: "burst",
        arm,
        workload,
        seconds: BURST_SECONDS,
      }),
  };
}
