/**
 * What is measured: a model's loss over data in parts.
 *
 * @module
 */
import type { ProbeControl } from "../probes/control.ts";
import type { ProbeOptions } from "../probes/problem.ts";
import type { Effort } from "./effort.ts";
import type { Measurement, MetricName } from "./measurement.ts";
import {
  divide,
  type PartedHessian,
  partedHessian,
  type PartedSurface,
  partedSurface,
  type Parts,
} from "./parts.ts";

/** What is measured, and how. */
export interface SubjectOptions extends ProbeOptions {
  /** How often. */
  readonly effort: Effort;
  /** Of all that is drawn at random. */
  readonly seed: number;
  /** Whether errors are shares of wrong classes. */
  readonly isClassifier: boolean;
  /** The loss that {@linkcode MetricName} `flatnessSlope` goes up to. */
  readonly level: number;
  /** Why the loss has no gradient, where it has none. */
  readonly withoutGradient?: string | undefined;
  /** Into how many parts the data are divided for error bars. @default {3} */
  readonly parts?: number;
}

/** {@linkcode SubjectOptions} with the loss over their data. */
export interface Subject extends SubjectOptions {
  /** The data in parts. */
  readonly divided: Parts;
  /** The loss. */
  readonly surface: PartedSurface;
  /** Its Hessian, made when first asked for. */
  hessian(): PartedHessian;
  /** Frees what it holds. */
  dispose(): void;
}

/** Makes a subject; the caller disposes it. */
export function makeSubject(options: SubjectOptions): Subject {
  const divided = divide(options.data, options.parts ?? 3);
  let curvature: PartedHessian | undefined;
  let surface: PartedSurface;
  try {
    surface = partedSurface(options, divided);
  } catch (error) {
    divided.dispose();
    throw error;
  }
  return {
    ...options,
    divided,
    surface,
    hessian: () => curvature ??= partedHessian(options, divided),
    dispose() {
      curvature?.dispose();
      surface.dispose();
      divided.dispose();
    },
  };
}

/** What a measure gives before it is told what it cost and what does not change it. */
export type Measured = Omit<Measurement, "cost" | "invariantTo">;

/** A way to take some measures in one run. */
export interface Measure {
  /** What it takes. */
  readonly names: readonly MetricName[];
  /** Whether it takes derivatives of the loss. @default {false} */
  readonly needsGradient?: boolean;
  /** Forward passes over the data that it takes at the most. */
  passes(effort: Effort): number;
  /** Takes them. */
  take(
    subject: Subject,
    control: ProbeControl,
  ): Promise<
    { passes: number; values: Partial<Record<MetricName, Measured>> }
  >;
}

/** What a gradient and a Hessian product cost, in forward passes. */
export const GRADIENT = 3, PRODUCT = 9;
