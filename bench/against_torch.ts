/**
 * A compiled step of gradient descent against PyTorch's.
 *
 * @module
 */
import { compare } from "./compare.ts";
import type { Row } from "./report.ts";
import {
  slopeContestant,
  type SlopeWorker,
  slopeWorker,
  threadSettings,
} from "./slope_worker.ts";
import { torchContestants, type TorchPeer, torchPeer } from "./torch/peer.ts";
import { type Workload, workload } from "./workloads.ts";

/** Steps whose losses both sides must agree on. */
const CHECKED_STEPS = 5;

/** That the two sides do the same work: their losses agree. */
async function checkAgreement(
  { child: ours }: SlopeWorker,
  { child: theirs }: TorchPeer,
  { name }: Workload,
): Promise<void> {
  const request = { command: "losses", workload: name, steps: CHECKED_STEPS };
  type Answer = { losses: number[] };
  const a = (await ours.ask<Answer>(request)).losses;
  const b = (await theirs.ask<Answer>({ ...request, arm: "eager", threads: 1 }))
    .losses;
  if (a.some((loss, i) => !(Math.abs(loss - b[i]!) <= 1e-4 * loss))) {
    throw new Error(
      `${name}: losses differ, so the work does: ours ${a}, PyTorch's ${b}`,
    );
  }
}

/** Compares the workloads one after another. */
export async function* againstTorch(
  names: readonly string[],
  rounds: number,
  report: (line: string) => void,
): AsyncGenerator<Row> {
  const peer = await torchPeer(report);
  const workers = await Promise.all(
    threadSettings().map((threads) => slopeWorker("tensorflow", threads)),
  );
  try {
    for (const name of names) {
      const chosen = workload(name);
      const theirs = await torchContestants(peer, chosen);
      await checkAgreement(workers[0]!, peer, chosen);
      const ours = workers.map((worker) =>
        slopeContestant(worker, "compiled", name)
      );
      const comparison = await compare(ours, theirs, rounds);
      for (const { child } of workers) await child.ask({ command: "drop" });
      yield { name: `${name} / PyTorch`, target: chosen.target, ...comparison };
    }
  } finally {
    for (const { child } of [peer, ...workers]) await child.close();
  }
}
