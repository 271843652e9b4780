/**
 * What Slope finds on this machine, and what to do about what is missing.
 *
 * @module
 */
import type { Environment } from "../files/mod.ts";
import { examineBackends } from "./backends.ts";
import { examineDataSets } from "./data_sets.ts";
import type { Finding } from "./finding.ts";
import { examineJupyter } from "./jupyter.ts";
import { examineLibtensorflow } from "./libtensorflow.ts";
import { examineMachine } from "./machine.ts";
import { examineVersions } from "./versions.ts";

export type { Environment, Finding };

/** How {@linkcode examine} works. */
export interface ExamineOptions {
  /** The variables to look at. @default {Deno.env} */
  environment?: Environment;
  /** Ends it. */
  signal?: AbortSignal;
}

/**
 * Examines this machine: versions, hardware, libtensorflow, backends and their
 * speed, data sets, Jupyter. Fetches nothing.
 *
 * @param options Where to look.
 * @returns The findings, each as soon as it is there; some seconds in all.
 */
export async function* examine(
  options: ExamineOptions = {},
): AsyncGenerator<Finding> {
  const { environment = Deno.env, signal = new AbortController().signal } =
    options;
  yield* examineVersions();
  yield* await examineMachine(environment);
  yield* await examineLibtensorflow(environment);
  yield* examineBackends(signal);
  yield* await examineDataSets();
  yield* await examineJupyter(environment);
}
