/**
 * Ways of ours to do the same, against each other.
 *
 * @module
 */
import { compare } from "./compare.ts";
import type { Row } from "./report.ts";
import {
  slopeContestant,
  slopeWorker,
  threadSettings,
} from "./slope_worker.ts";
import type { Arm } from "./worker.ts";

interface Pairing {
  /** The row's name. */
  name: string;
  workload: string;
  ours: Arm;
  theirs: Arm;
  target: number;
}

/** What is compared within the tensorflow backend. */
export const pairings: readonly Pairing[] = [
  {
    name: "compiled / eager",
    workload: "lenet-32",
    ours: "compiled",
    theirs: "eager",
    target: 0.5,
  },
  {
    name: "8 together / 8 alone",
    workload: "lenet-32",
    ours: "together8",
    theirs: "alone8",
    target: 0.7,
  },
  {
    name: "trainer / bare step",
    workload: "lenet-32",
    ours: "trainer",
    theirs: "bare",
    target: 1.1,
  },
  ...["lenet-32", "resnet20-64"].map((workload): Pairing => ({
    name: "LOSSGRAD / SGD + forward",
    workload,
    ours: "lossgrad",
    theirs: "stepAndForward",
    target: 1.05,
  })),
  {
    name: "11-point line / 11 forward passes",
    workload: "resnet20-1000",
    ours: "line",
    theirs: "forward",
    target: 1.15,
  },
];

/** Compares them, each side with its best thread settings. */
export async function* againstOurselves(
  chosen: readonly Pairing[],
  rounds: number,
): AsyncGenerator<Row> {
  const workers = await Promise.all(
    threadSettings().map((threads) => slopeWorker("tensorflow", threads)),
  );
  try {
    for (const { name, workload, ours, theirs, target } of chosen) {
      const comparison = await compare(
        workers.map((worker) => slopeContestant(worker, ours, workload)),
        workers.map((worker) => slopeContestant(worker, theirs, workload)),
        rounds,
      );
      for (const { child } of workers) await child.ask({ command: "drop" });
      yield { name: `${workload}: ${name}`, target, ...comparison };
    }
  } finally {
    for (const { child } of workers) await child.close();
  }
}

/** The tensorflow backend against the others. */
export async function* againstBackends(rounds: number): AsyncGenerator<Row> {
  const workload = "lenet-32";
  for (const backend of ["wasm", "cpu"] as const) {
    const workers = [
      await slopeWorker("tensorflow"),
      await slopeWorker(backend),
    ];
    const [ours, theirs] = workers.map((worker) =>
      slopeContestant(worker, "compiled", workload)
    );
    const comparison = await compare([ours!], [theirs!], rounds);
    for (const { child } of workers) await child.close();
    yield {
      name: `${workload}: tensorflow / ${backend}`,
      target: null,
      ...comparison,
    };
  }
}
