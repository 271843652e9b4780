/**
 * The tensors of runs that are trained side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { initialValues, type Objective } from "./objective.ts";
import type { Training } from "./options.ts";
import { type RunState, trainedIndices } from "./step.ts";

/** What decides which tensors a run has. */
type Parts = Pick<Training, "objective" | "optimizer" | "averaging">;

/** The shape of a slot of a parameter. */
function slotShape(
  { scalarSlots }: Optimizer,
  slot: string,
  { shape }: Objective["parameters"][number],
): number[] {
  return scalarSlots?.includes(slot) ? [] : [...shape];
}

/** The state at step 0: initial values from the seed, slots of zeros. */
export function initialState(
  { objective, optimizer, averaging }: Parts,
  seed: number,
  needsPrevious = false,
): RunState {
  const parameters = initialValues(objective, seed).map((values, i) =>
    tf.tensor(values, [...objective.parameters[i]!.shape], "float32")
  );
  const slots = trainedIndices(objective).map((i) =>
    optimizer.slots.map((slot) =>
      tf.zeros(slotShape(optimizer, slot, objective.parameters[i]!))
    )
  );
  const state: RunState = { parameters, slots };
  if (averaging) state.average = parameters.map((p) => tf.clone(p));
  const { whole } = optimizer;
  if (whole) state.shared = whole.shared.map(() => tf.scalar(0));
  if (needsPrevious) {
    state.previous = trainedIndices(objective).map((at) =>
      tf.zeros([...objective.parameters[at]!.shape])
    );
  }
  return state;
}

/** Frees what of a state is not its parameters: slots and averages. */
export function disposeSlots(
  { slots, average = [], previous = [], shared = [] }: RunState,
): void {
  tf.dispose(shared);
  tf.dispose(slots.flat());
  tf.dispose(previous);
  tf.dispose(average);
}

/** Frees a state. */
export function disposeState(state: RunState): void {
  tf.dispose(state.parameters);
  disposeSlots(state);
}

/**
 * A state's values by name: `parameter`, `parameter#slot`, `parameter##average`, and
 * `parameter##previous`.
 */
export function storeState(
  { objective, optimizer }: Parts,
  { parameters, slots, average, previous, shared = [] }: RunState,
): Record<string, StoredTensor> {
  const stored: Record<string, StoredTensor> = {};
  const values = (tensor: Tensor) => ({
    shape: tensor.shape,
    values: tensor.dataSync() as Float32Array,
  });
  objective.parameters.forEach(({ name }, i) => {
    stored[name] = values(parameters[i]!);
    if (average) stored[name + AVERAGE] = values(average[i]!);
  });
  optimizer.whole?.shared.forEach((name, i) =>
    stored[SHARED + name] = values(shared[i]!)
  );
  trainedIndices(objective).forEach((at, i) => {
    const { name } = objective.parameters[at]!;
    optimizer.slots.forEach((slot, j) => {
      stored[`${name}#${slot}`] = values(slots[i]![j]!);
    });
    if (previous) stored[name + PREVIOUS] = values(previous[i]!);
  });
  return stored;
}

/** What marks an average: two signs, so that no slot has its name. */
const AVERAGE = "##average";

/** What marks a number that is kept for all parameters together. */
const SHARED = "##shared#";

/** What marks a previous direction. */
const PREVIOUS = "##previous";

/**
 * The state of stored values.
 *
 * @throws {SyntaxError} If a tensor is missing or has another shape.
 */
export function loadState(
  { objective, optimizer, averaging }: Parts,
  stored: Record<string, StoredTensor>,
  needsPrevious = false,
): RunState {
  const tensor = (name: string, shape: readonly number[]) => {
    const found = stored[name];
    if (found === undefined || found.shape.join() !== shape.join()) {
      throw new SyntaxError(
        `the checkpoint has ${
          found ? `shape [${found.shape}]` : "nothing"
        } for ${name}, expected shape [${shape}]`,
      );
    }
    return tf.tensor(found.values, [...shape], "float32");
  };
  const all = (suffix: string) =>
    objective.parameters.map(({ name, shape }) => tensor(name + suffix, shape));
  return {
    parameters: all(""),
    slots: trainedIndices(objective).map((at) => {
      const parameter = objective.parameters[at]!;
      return optimizer.slots.map((slot) =>
        tensor(
          `${parameter.name}#${slot}`,
          slotShape(optimizer, slot, parameter),
        )
      );
    }),
    ...averaging ? { average: all(AVERAGE) } : {},
    ...optimizer.whole
      ? {
        shared: optimizer.whole.shared.map((name) => tensor(SHARED + name, [])),
      }
      : {},
    ...needsPrevious
      ? {
        previous: trainedIndices(objective).map((at) => {
          const { name, shape } = objective.parameters[at]!;
          return tensor(name + PREVIOUS, shape);
        }),
      }
      : {},
  };
}
