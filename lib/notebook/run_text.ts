/**
 * Runs in words.
 *
 * @module
 */
import type { EvaluationRecord, RunRecord } from "../training/records.ts";
import type { RecordedRun } from "../training/recorded_run.ts";

/** As much of a run as is shown. */
export type ShownRun =
  & Pick<RecordedRun, "settings" | "status" | "records">
  & Partial<Pick<RecordedRun, "steps">>;

/** What a setting's kind is called, such as `lenet`. */
function kindOf(setting: unknown): string {
  const { kind, network } = (setting ?? {}) as Record<string, unknown>;
  return network === undefined ? String(kind ?? "model") : kindOf(network);
}

/** What is trained on what: `lenet on drawn-digits`. */
export function runName({ settings }: ShownRun): string {
  const [data = "data"] = String(settings.data ?? "data").split(" ");
  return `${kindOf(settings.objective)} on ${data}`;
}

/** Whether a run learns classes, of examples or of pixels: its error is a share. */
export function isClassification({ settings }: ShownRun): boolean {
  const { kind, loss } = (settings.objective ?? {}) as Record<string, unknown>;
  return kind === "classification" || kind === "segmentation" ||
    kind === "layersModel" && !String(loss).startsWith("mean");
}

/** What the error of a run is that learns no classes. */
export function errorName({ settings }: ShownRun): string {
  const { kind } = (settings.objective ?? {}) as Record<string, unknown>;
  return kind === "translation"
    ? "mean absolute difference"
    : "mean squared error";
}

/** The newest evaluation, if there is any. */
export function lastEvaluation(
  records: readonly RunRecord[],
): EvaluationRecord | undefined {
  return records.findLast((record) => "evaluation" in record);
}

/** A number as people read it. */
export function numberText(value: number): string {
  return Number.isFinite(value)
    ? String(Number(value.toPrecision(3))).replace("-", "−")
    : "not a number";
}

/** The error of an evaluation as accuracy, or by its name. */
export function qualityText(
  run: ShownRun,
  split: string,
  error: number,
): string {
  return isClassification(run)
    ? `${split} accuracy ${(100 * (1 - error)).toFixed(1)} %`
    : `${split} ${errorName(run)} ${numberText(error)}`;
}

/** Which split a run is judged on: test, or what there is. */
export function mainSplit(records: readonly RunRecord[]): string | undefined {
  const names = Object.keys(lastEvaluation(records)?.evaluation ?? {});
  return names.includes("test") ? "test" : names[0];
}

/** How far a run came, in a phrase. */
export function statusText(run: ShownRun): string {
  const { settings, status, records } = run;
  const last = records.at(-1)?.step ?? 0;
  const step = (status === "stopped" ? run.steps ?? last : last)
    .toLocaleString("en");
  if (status === "stopped") {
    return `stopped at step ${step} of ${plannedSteps(run)}`;
  }
  if (status === "diverged") {
    return `diverged at step ${step} of ${plannedSteps(run)}`;
  }
  if (status === "running") return `at step ${step} of ${plannedSteps(run)}`;
  const split = mainSplit(records);
  return split === undefined ? `${settings.epochs} epochs` : qualityText(
    run,
    split,
    lastEvaluation(records)!.evaluation[split]!.error,
  );
}

/** The length of a run in steps; its records tell how long an epoch is. */
function plannedSteps({ settings, records }: ShownRun): string {
  const known = records.find(({ step, epoch }) => step > 0 && epoch > 0);
  if (known === undefined) return `${settings.epochs} epochs`;
  return Math.round(Number(settings.epochs) * known.step / known.epoch)
    .toLocaleString("en");
}

/** All that was measured at the end, and how the run was set up: a sentence each. */
export function runSummary(run: ShownRun): string {
  const { settings, records } = run;
  const evaluation = lastEvaluation(records);
  const results = Object.entries(evaluation?.evaluation ?? {})
    .map(([split, { loss, error }]) =>
      `${qualityText(run, split, error)}, loss ${numberText(loss)}`
    );
  const events = Map.groupBy(
    records.filter((record) => "event" in record),
    ({ event }) => event,
  );
  const happened = [...events].map(([event, own]) =>
    `${event} ${
      own.length === 1
        ? `at step ${own[0]!.step.toLocaleString("en")}`
        : `${own.length.toLocaleString("en")} times`
    }: ${own[0]!.detail}`
  );
  const { batchSize, epochs, seed, optimizer, controller } = settings;
  const schedule = settings.learningRate ?? undefined;
  const rate = [controller, schedule].filter((part) => part !== undefined)
    .map(kindOf).join(" × ");
  const setup = `${
    kindOf(optimizer)
  }, learning rate ${rate}, ${epochs} epochs in batches of ${batchSize}, seed ${seed}`;
  return [
    evaluation &&
    `After ${evaluation.step.toLocaleString("en")} steps: ${
      results.join("; ")
    }.`,
    ...happened.map((text) => `${text}.`),
    `${setup}.`,
  ].filter(Boolean).join("\n");
}

/** How far runs in the making are: progress, loss and quality of the first. */
export function liveText(runs: readonly ShownRun[], progress: string): string {
  const [run] = runs;
  const { records } = run!;
  const split = mainSplit(records);
  const last = records.findLast((record) => "loss" in record);
  const state = [
    progress,
    last && runs.length === 1 && `loss ${numberText(last.loss)}`,
    split && runs.length === 1 && qualityText(
      run!,
      split,
      lastEvaluation(records)!.evaluation[split]!.error,
    ),
  ].filter(Boolean).join(", ");
  return `${runName(run!)}: ${state}`;
}
