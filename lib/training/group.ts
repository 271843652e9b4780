/**
 * The tensors of runs that are trained side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { initialValues, type Objective } from "./objective.ts";
import { type RunState, trainedIndices } from "./step.ts";
import type { Tensor } from "../runtime/tensor.ts";

/** The state at step 0: initial values from the seed, slots of zeros. */
export function initialState(
  objective: Objective,
  optimizer: Optimizer,
  seed: number,
): RunState {
  const parameters = initialValues(objective, seed).map((values, i) =>
    tf.tensor(values, [...objective.parameters[i]!.shape], "float32")
  );
  const slots = trainedIndices(objective).map((i) =>
    optimizer.slots.map(() => tf.zeros([...objective.parameters[i]!.shape]))
  );
  return { parameters, slots };
}

/** Frees a state's slots. */
export function disposeSlots({ slots }: RunState): void {
  tf.dispose(slots.flat());
}

/** Frees a state. */
export function disposeState(state: RunState): void {
  tf.dispose(state.parameters);
  disposeSlots(state);
}

/** A state's values by name: `parameter` and `parameter#slot`. */
export function storeState(
  objective: Objective,
  optimizer: Optimizer,
  { parameters, slots }: RunState,
): Record<string, StoredTensor> {
  const stored: Record<string, StoredTensor> = {};
  const values = (tensor: Tensor) => ({
    shape: tensor.shape,
    values: tensor.dataSync() as Float32Array,
  });
  objective.parameters.forEach(({ name }, i) =>
    stored[name] = values(parameters[i]!)
  );
  trainedIndices(objective).forEach((at, i) =>
    optimizer.slots.forEach((slot, j) => {
      stored[`${objective.parameters[at]!.name}#${slot}`] = values(
        slots[i]![j]!,
      );
    })
  );
  return stored;
}

/**
 * The state of stored values.
 *
 * @throws {SyntaxError} If a tensor is missing or has another shape.
 */
export function loadState(
  objective: Objective,
  optimizer: Optimizer,
  stored: Record<string, StoredTensor>,
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
  return {
    parameters: objective.parameters.map(({ name, shape }) =>
      tensor(name, shape)
    ),
    slots: trainedIndices(objective).map((at) => {
      const { name, shape } = objective.parameters[at]!;
      return optimizer.slots.map((slot) => tensor(`${name}#${slot}`, shape));
    }),
  };
}
