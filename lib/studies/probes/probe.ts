/**
 * Probes of trained runs: what is measured of weights once they are trained.
 *
 * @module
 */
import { flatness, type FlatnessProbe } from "./flatness.ts";
import type { TrainedRun } from "./trained_run.ts";
import { transfer, type TransferProbe } from "./transfer.ts";

/** What is measured, as plain JSON that decides every number. */
export type ProbeSpec = FlatnessProbe | TransferProbe;

/** Named lists of numbers, by the kind of the probe; null where one is not finite. */
export type Probed = Record<string, Record<string, (number | null)[]>>;

/** The steps between the first and the last whose weights probes need. */
export function stepsToKeep(
  probes: readonly ProbeSpec[],
  steps: number,
): number[] {
  const needed = probes.flatMap((probe) =>
    probe.kind === "flatness" ? [probe.peakStep, ...probe.course] : []
  );
  return [...new Set(needed)].filter((step) => step > 0 && step < steps)
    .sort((a, b) => a - b);
}

/** Five significant digits: enough for any figure. */
function rounded(
  lists: Record<string, number[]>,
): Record<string, (number | null)[]> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, values]) => [
      name,
      values.map((value) =>
        Number.isFinite(value) ? Number(value.toPrecision(5)) : null
      ),
    ]),
  );
}

/** Measures a run. */
export async function probeRun(
  probes: readonly ProbeSpec[],
  run: TrainedRun,
  signal?: AbortSignal,
): Promise<Probed> {
  const probed: Probed = {};
  for (const probe of probes) {
    const found = probe.kind === "flatness"
      ? await flatness(probe, run, { signal })
      : await transfer(probe, run, { signal });
    probed[probe.kind] = rounded(found);
  }
  return probed;
}
