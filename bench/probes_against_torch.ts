/**
 * Probes against PyTorch's: the same line of points, and the same spectrum by
 * PyHessian's algorithm.
 *
 * @module
 */
import { compare, type Comparison, type Contestant } from "./compare.ts";
import type { Burst } from "./burst.ts";
import {
  ALPHAS,
  AT_A_TIME,
  direction,
  EIGENVALUES,
  LANCZOS_STEPS,
  type Spectrum,
  TRACE_PROBES,
} from "./probe_work.ts";
import type { Row } from "./report.ts";
import {
  BURST_SECONDS,
  slopeContestant,
  type SlopeWorker,
  slopeWorker,
  threadSettings,
} from "./slope_worker.ts";
import {
  base64,
  loadWorkload,
  type TorchPeer,
  torchPeer,
  torchThreads,
} from "./torch/peer.ts";
import { type Workload, workload } from "./workloads.ts";

/** A probe that is compared. */
interface ProbeRow {
  /** The row's name. */
  readonly name: string;
  readonly workload: string;
  readonly probe: "line" | "spectrum";
  /** What PyTorch is told beside that. */
  request(chosen: Workload): Record<string, unknown>;
  /** Refuses results that show that the two sides did not do the same. */
  check(ours: never, theirs: never): void;
}

function refuse(what: string, ours: unknown, theirs: unknown): never {
  throw new Error(
    `${what} differ, so the work does: ours ${
      JSON.stringify(ours)
    }, PyTorch's ${JSON.stringify(theirs)}`,
  );
}

const isNear = (a: number, b: number, to: number) =>
  Math.abs(a - b) <= to * Math.abs(b);

/** What is compared with PyTorch; each is to take no longer. */
export const probeRows: readonly ProbeRow[] = [
  {
    name: "resnet20-1000: 11-point line / PyTorch",
    workload: "resnet20-1000",
    probe: "line",
    request: ({ network }) => {
      const trained = network.parameters.map(({ role, shape }) => ({
        role,
        shape,
        size: shape.reduce((a, b) => a * b, 1),
      }));
      const along = direction(trained.map(({ size }) => size));
      return {
        alphas: ALPHAS,
        atATime: AT_A_TIME,
        direction: trained.flatMap(({ role, shape }, i) =>
          role === "statistic" ? [] : [{ shape, values: base64(along[i]!) }]
        ),
      };
    },
    check(ours: number[], theirs: number[]) {
      if (ours.some((loss, i) => !isNear(loss, theirs[i]!, 1e-4))) {
        refuse("losses", ours, theirs);
      }
    },
  },
  {
    name: "lenet-64: spectrum / PyHessian's",
    workload: "lenet-64",
    probe: "spectrum",
    request: () => ({
      steps: LANCZOS_STEPS,
      probes: TRACE_PROBES,
      wanted: EIGENVALUES,
    }),
    check(ours: Spectrum, theirs: Spectrum) {
      const same = isNear(ours.eigenvalues[0]!, theirs.eigenvalues[0]!, 1e-6) &&
        Math.abs(ours.trace - theirs.trace) <
          4 * Math.hypot(ours.standardError, theirs.standardError) &&
        ours.residual <= Math.max(10 * theirs.residual, 1e-3) &&
        isNear(ours.standardError, theirs.standardError, 0.5);
      if (!same) refuse("spectra", ours, theirs);
    },
  },
];

/** Compares the rows one after another. */
export async function* probesAgainstTorch(
  rows: readonly ProbeRow[],
  rounds: number,
  report: (line: string) => void,
): AsyncGenerator<Row> {
  const peer = await torchPeer(report);
  const workers = await Promise.all(
    threadSettings().map((threads) => slopeWorker("tensorflow", threads)),
  );
  try {
    for (const row of rows) {
      const comparison = await compareRow(row, workers, peer, rounds);
      for (const { child } of workers) await child.ask({ command: "drop" });
      yield { name: row.name, target: 1, ...comparison };
    }
  } finally {
    for (const { child } of [peer, ...workers]) await child.close();
  }
}

async function compareRow(
  row: ProbeRow,
  workers: readonly SlopeWorker[],
  peer: TorchPeer,
  rounds: number,
): Promise<Comparison> {
  const chosen = workload(row.workload);
  const arms = await loadWorkload(peer, chosen);
  const request = {
    command: "probe",
    probe: row.probe,
    workload: row.workload,
    ...row.request(chosen),
  };
  const [first] = workers;
  const ours = await first!.child.ask<{ result: never }>({
    command: "probe",
    arm: row.probe,
    workload: row.workload,
  });
  const theirs = await peer.child.ask<{ result: never }>({
    ...request,
    arm: arms[0],
    threads: 1,
  });
  row.check(ours.result, theirs.result);
  const contestants = arms.flatMap((arm) =>
    torchThreads().map((threads): Contestant => ({
      name: `PyTorch ${arm}, threads ${threads}`,
      run: () =>
        peer.child.ask<Burst>({
          ...request,
          arm,
          threads,
          seconds: BURST_SECONDS,
        }),
    }))
  );
  return await compare(
    workers.map((worker) => slopeContestant(worker, row.probe, row.workload)),
    contestants,
    rounds,
  );
}
