/**
 * k-decay, table 1: the networks at each scale, and the schedules of each.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import { stepsOf, type TrainingPlan } from "../plan.ts";
import {
  CONTROL_K,
  END_RATE,
  equalAreaRate,
  kDecayRate,
  settings,
  START_RATE,
} from "./settings.ts";
import { type Family, type PaperErrors, tableRows } from "./table1_rows.ts";

/** A network of table 1 on one data set. */
export interface TableNetwork {
  /** The paper's name for it, with the data set. */
  name: string;
  /** What stands for it at a scale. */
  training: TrainingPlan;
  /** The k it is tried with. */
  ks: readonly number[];
  /** Its schedules by name. */
  schedules: Readonly<Record<string, ScheduleSpec>>;
  /** What the paper measured. */
  paper: PaperErrors;
}

/** The name of the schedule of a k. */
export const kName = (k: number): string => `k = ${k}`;

/** The step schedule of the network's own paper. */
export const STEP = "step";

/** Cosines with warm restarts. */
export const SGDR = "SGDR";

/** The control: as much learning rate in all as with k. */
export const SCALED = `k = 1 scaled to the mean of k = ${CONTROL_K}`;

/** What a data set of table 1 is at a scale. */
interface TableData {
  data: TrainingPlan["data"];
  ks: readonly number[];
  /** The networks whose equal-area control is trained too. */
  controlled: readonly string[];
}

/** The data set that stands in for CIFAR-100. */
const CIFAR_100_SUBSET = "cifar-100-subset";

const PAPER_KS = [1, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5];

const ALL = tableRows.map(({ name }) => name);

/** The data sets; smoke has one. */
const data: Readonly<
  Record<Scale, Partial<Record<"CIFAR-10" | "CIFAR-100", TableData>>>
> = {
  smoke: {
    "CIFAR-10": {
      data: settings.smoke.basic.data,
      ks: [1, 2],
      controlled: [],
    },
  },
  small: {
    "CIFAR-10": {
      data: settings.small.basic.data,
      ks: [1, 1.5, 2],
      controlled: ALL,
    },
    "CIFAR-100": {
      data: {
        dataset: CIFAR_100_SUBSET,
        train: 800,
        validation: 200,
        test: 200,
      },
      ks: [1, 2],
      controlled: [],
    },
  },
  paper: {
    "CIFAR-10": {
      data: settings.paper.basic.data,
      ks: PAPER_KS,
      controlled: ALL,
    },
    "CIFAR-100": {
      data: { ...settings.paper.basic.data, dataset: "cifar-100" },
      ks: PAPER_KS,
      controlled: ALL,
    },
  },
};

/** Drops by a factor after shares of the training. */
function stepRate(
  training: TrainingPlan,
  { factor, at }: Family["step"],
): ScheduleSpec {
  const steps = stepsOf(training);
  return {
    kind: "multiStep",
    from: START_RATE,
    factor,
    milestones: at.map((share) => Math.round(share * steps)),
    steps,
  };
}

/** Three cosines, each twice as long as the one before: the last ends the training. */
function restartRate(training: TrainingPlan): ScheduleSpec {
  return {
    kind: "cosineRestarts",
    from: START_RATE,
    to: END_RATE,
    period: Math.ceil(stepsOf(training) / 7),
    lengthFactor: 2,
    times: 3,
  };
}

/** The networks of table 1 at a scale, on each data set. */
export function tableNetworks(scale: Scale): TableNetwork[] {
  return (["CIFAR-10", "CIFAR-100"] as const).flatMap((name) => {
    const set = data[scale][name];
    if (set === undefined) return [];
    return tableRows.flatMap((row) => {
      const model = row.model[scale];
      if (model === undefined) return [];
      const training: TrainingPlan = {
        ...settings[scale].basic,
        ...row.family.training[scale],
        model,
        data: set.data,
      };
      return [{
        name: name === "CIFAR-10" ? row.name : `${row.name} on ${name}`,
        training,
        ks: set.ks,
        schedules: {
          ...Object.fromEntries(
            set.ks.map((k) => [kName(k), kDecayRate(training, k)]),
          ),
          [STEP]: stepRate(training, row.family.step),
          [SGDR]: restartRate(training),
          ...set.controlled.includes(row.name)
            ? { [SCALED]: equalAreaRate(training, CONTROL_K) }
            : {},
        },
        paper: row.paper[name],
      }];
    });
  });
}

/** Whether a network's data stand in for the paper's. */
export function isStandIn({ training }: TableNetwork): boolean {
  return training.data.dataset === CIFAR_100_SUBSET;
}
