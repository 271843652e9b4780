/**
 * What a run's records depend on: its settings, and what it runs on.
 *
 * @module
 */
import { getBackend, version_core } from "@tensorflow/tfjs";
import configuration from "../../deno.json" with { type: "json" };
import { runtimeInfo } from "../runtime/initialize.ts";
import type { RunOptions, Training } from "./options.ts";

/** Named values, as plain JSON. */
export type Settings = Record<string, unknown>;

/** What decides a run's records. */
export function settingsOf(training: Training, run: RunOptions): Settings {
  const { objective, data, optimizer, microBatches, clip, groups } = training;
  const { averaging, telemetry } = training;
  return {
    objective: objective.spec,
    data: data.name,
    optimizer: optimizer.spec,
    batchSize: training.batchSize,
    epochs: training.epochs,
    augment: training.augment,
    evaluateEvery: training.evaluateEvery,
    recordEvery: training.recordEvery,
    divergence: training.divergence,
    learningRate: run.learningRate?.spec ?? null,
    gradientWeight: run.gradientWeight?.spec ?? null,
    seed: run.seed,
    // Not there where not used: folders of before such options stay valid.
    ...training.forwardPasses < Infinity
      ? { forwardPasses: training.forwardPasses }
      : {},
    ...microBatches > 1 ? { microBatches } : {},
    ...training.updatesPerBatch > 1
      ? { updatesPerBatch: training.updatesPerBatch }
      : {},
    ...training.lineOn !== "batch" ? { lineOn: training.lineOn } : {},
    ...clip ? { clip } : {},
    ...training.sharpness ? { sharpness: training.sharpness } : {},
    ...groups.length > 0 ? { groups } : {},
    ...run.controller ? { controller: run.controller.spec } : {},
    ...training.curvatureEvery > 0
      ? { curvatureEvery: training.curvatureEvery }
      : {},
    ...training.freshMasks ? { freshMasks: true } : {},
    ...averaging ? { averaging: averaging.spec } : {},
    ...telemetry ? { telemetry: telemetry.spec } : {},
  };
}

/** What a run's bits depend on beside its settings. */
export function environmentOf(): Settings {
  const info = runtimeInfo();
  return {
    slope: configuration.version,
    tfjs: version_core,
    backend: getBackend(),
    library: info?.version ?? "unknown",
    device: info?.device ?? "unknown",
    intraOpThreads: info?.intraOpThreads ?? 0,
    interOpThreads: info?.interOpThreads ?? 0,
    processors: navigator.hardwareConcurrency,
    machine: `${Deno.build.os} ${Deno.build.arch}`,
  };
}

/** In words, what differs: `epochs is 5 there and 6 here`; empty if nothing does. */
export function differences(there: Settings, here: Settings): string {
  const names = new Set([...Object.keys(there), ...Object.keys(here)]);
  return [...names].flatMap((name) => {
    const [a, b] = [JSON.stringify(there[name]), JSON.stringify(here[name])];
    return a === b ? [] : [`${name} is ${a} there and ${b} here`];
  }).join(", ");
}
