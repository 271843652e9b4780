/**
 * Starts PyTorch's side of a comparison.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Burst } from "../burst.ts";
import { Child } from "../child.ts";
import type { Contestant } from "../compare.ts";
import { LEARNING_RATE, startingPoint } from "../sgd_step.ts";
import { BURST_SECONDS } from "../slope_worker.ts";
import type { Workload } from "../workloads.ts";
import { torchPython } from "./environment.ts";

/** PyTorch in a process of its own. */
export interface TorchPeer {
  readonly child: Child;
  /** PyTorch's version. */
  readonly version: string;
}

/** Starts PyTorch, installing it first if need be. */
export async function torchPeer(
  report: (line: string) => void,
): Promise<TorchPeer> {
  const python = await torchPython(report);
  const script = new URL("./peer.py", import.meta.url).pathname;
  const child = new Child("PyTorch", python, { args: [script] });
  const { version } = await child.ask<{ version: string }>({
    command: "start",
  });
  return { child, version };
}

/** The same bytes as text. */
export function base64({ buffer }: Float32Array | Int32Array): string {
  return Buffer.from(buffer as ArrayBuffer).toString("base64");
}

/** Numbers of threads worth trying. */
export function torchThreads(): number[] {
  return [...new Set([navigator.hardwareConcurrency, 1])];
}

/** Gives PyTorch the workload; returns the names of its memory formats. */
export async function loadWorkload(
  { child }: TorchPeer,
  workload: Workload,
): Promise<string[]> {
  const { network, batchSize, name } = workload;
  const { parameters, inputs, labels } = startingPoint(workload);
  const { arms } = await child.ask<{ arms: string[] }>({
    command: "load",
    workload: name,
    learningRate: LEARNING_RATE,
    inputs: base64(inputs),
    inputShape: [batchSize, ...network.inputShape],
    labels: base64(labels),
    parameters: network.parameters.flatMap(({ role, shape }, i) =>
      role === "statistic" ? [] : [{ shape, values: base64(parameters[i]!) }]
    ),
  });
  return arms;
}

/** Gives PyTorch the workload; returns its ways to do it. */
export async function torchContestants(
  peer: TorchPeer,
  workload: Workload,
): Promise<Contestant[]> {
  const { child } = peer;
  const { name } = workload;
  const arms = await loadWorkload(peer, workload);
  return arms.flatMap((arm) =>
    torchThreads().map((count) => ({
      name: `PyTorch ${arm}, threads ${count}`,
      run: () =>
        child.ask<Burst>({
          command: "burst",
          workload: name,
          arm,
          threads: count,
          seconds: BURST_SECONDS,
        }),
    }))
  );
}
