/**
 * What a run remembers of its controller from step to step, as checkpoints hold it.
 *
 * @module
 */
import type {
  Controller,
  ControllerEventName,
  ControllerState,
} from "../controllers/controller.ts";

/** A controller's state, and what is kept beside it. */
export interface ControllerMemory {
  /** The state. */
  state: ControllerState;
  /** The step size of the step before; absent before the first. */
  previousRate?: number;
  /** How often each event has happened. */
  counts: Partial<Record<ControllerEventName, number>>;
}

/** What is remembered before the first step. */
export function newMemory(controller: Controller): ControllerMemory {
  return { state: controller.init(), counts: {} };
}

/** The memory as text. */
export function writeMemory(memory: ControllerMemory): string {
  return JSON.stringify(memory);
}

/**
 * The memory that {@linkcode writeMemory} wrote.
 *
 * @throws {SyntaxError} If it is damaged, or that of another kind of controller.
 */
export function readMemory(
  controller: Controller,
  text: string | undefined,
): ControllerMemory {
  try {
    if (text === undefined) throw new TypeError("there is none");
    const { state, previousRate, counts } = JSON.parse(text);
    const isCounts = typeof counts === "object" && counts !== null &&
      Object.values(counts).every((n) => Number.isSafeInteger(n));
    if (!isCounts) throw new TypeError("its counts are damaged");
    if (previousRate !== undefined && !Number.isFinite(previousRate)) {
      throw new TypeError(`its previousRate is ${previousRate}`);
    }
    return {
      state: controller.resume(state),
      counts,
      ...previousRate === undefined ? {} : { previousRate },
    };
  } catch (error) {
    throw new SyntaxError(
      `the checkpoint's controller cannot be read: ${(error as Error).message}`,
    );
  }
}
