/**
 * Turns a TensorFlow.js function into one TensorFlow graph function.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flatten, rebuild } from "../containers.ts";
import type { Capture, Recording, TensorFlowBackend } from "./backend.ts";
import { DataType } from "./data_types.ts";
import type { GraphFunction } from "./graph.ts";
import type { Precision } from "./precision.ts";
import { withoutSideEffects } from "./side_effects.ts";

type Function = (...args: unknown[]) => unknown;

/** A function as compiled for arguments of given shapes and types. */
export interface Trace {
  /**
   * The ids of the tensors from outside that it uses, as they are now; or
   * `undefined` if one has changed its type, so that it must be compiled anew.
   *
   * @throws {Error} If one of them was disposed.
   */
  captured(): number[] | undefined;
  /** Calls it on the ids of the arguments' tensors and of the captured ones. */
  call(inputs: readonly number[]): unknown;
  /** Frees the graph function. */
  dispose(): void;
}

function isAlive(dataId: tf.DataId): boolean {
  return tf.engine().state.tensorInfo.has(dataId);
}

type HeldVariables = ReadonlyMap<tf.Variable, tf.DataId>;

/** Keeps the data of all variables alive, whatever the function assigns. */
function holdVariables(backend: TensorFlowBackend): HeldVariables {
  const held = new Map<tf.Variable, tf.DataId>();
  for (const variable of Object.values(tf.engine().registeredVariables)) {
    const { dataId } = variable;
    if (!isAlive(dataId)) continue;
    backend.tensorMap.get(dataId).refCount++;
    held.set(variable, dataId);
  }
  return held;
}

/** Gives the variables back the data that they had. */
function releaseVariables(
  backend: TensorFlowBackend,
  held: HeldVariables,
): void {
  for (const [variable, dataId] of held) {
    if (variable.dataId !== dataId) {
      tf.engine().disposeTensor(variable);
      variable.dataId = dataId;
      tf.engine().incRef(variable, backend);
    }
    backend.tensorMap.get(dataId).refCount--;
  }
}

/** What a recording gives. */
interface Recorded {
  graphFunction: GraphFunction;
  /** What the function returned, to put results into the same structure. */
  template: unknown;
  resultCount: number;
  /** The variables that it assigned; their values follow the results. */
  assigned: tf.Variable[];
  captures: { source: Capture; dataType: number }[];
}

/** Runs `f` once on stand-ins for its arguments, recording its operations. */
function record(
  backend: TensorFlowBackend,
  f: Function,
  args: readonly unknown[],
  inputs: readonly tf.Tensor[],
  inputTypes: readonly number[],
  { precision, jit }: { precision: Precision; jit: boolean },
): Recorded {
  const binding = backend.slope;
  const variables = holdVariables(backend);
  const recording: Recording = {
    precision,
    variables,
    made: new WeakSet(),
    captures: new Map(),
  };
  const wouldFree = ({ dataId }: tf.Tensor): boolean => {
    if (!isAlive(dataId) || recording.made.has(dataId)) return false;
    const { id, refCount } = backend.tensorMap.get(dataId);
    return refCount === 1 && !binding.isRecorded(id);
  };
  const body = (): Omit<Recorded, "captures"> => {
    const standIns = inputs.map((tensor, i) =>
      backend.createOutputTensor({
        ...binding.recordInput(tensor.shape, inputTypes[i]!),
        dtype: DataType[tensor.dtype],
      })
    )[Symbol.iterator]();
    const template = withoutSideEffects(
      () => f(...args.map((arg) => rebuild(arg, standIns))),
      wouldFree,
    );
    const { leaves } = flatten(template, "The result of a compiled function");
    const assigned = Array.from(variables.keys())
      .filter((variable) => variable.dataId !== variables.get(variable));
    const outputs = backend.getInputTensorIds([...leaves, ...assigned]);
    const graphFunction = binding.finishRecording(outputs, jit);
    return { graphFunction, template, resultCount: leaves.length, assigned };
  };
  let recorded: Omit<Recorded, "captures"> | undefined;
  binding.startRecording(precision);
  backend.recording = recording;
  try {
    tf.tidy(() => void (recorded = body()));
  } finally {
    backend.recording = undefined;
    releaseVariables(backend, variables);
    binding.stopRecording();
  }
  const captures = Array.from(recording.captures.keys(), (source) => {
    const [id] = backend.getInputTensorIds([tensorOf(source)]);
    return { source, dataType: binding.dataType(id!) };
  });
  return { ...recorded!, captures };
}

/** What upstream needs of a captured tensor. */
function tensorOf(source: Capture): tf.TensorInfo {
  const dataId = source instanceof tf.Variable ? source.dataId : source;
  if (!isAlive(dataId)) {
    throw new Error(
      "A compiled function uses a tensor from outside that was disposed: keep it alive, or pass it as an argument",
    );
  }
  return { dataId } as tf.TensorInfo;
}

/**
 * Compiles `f` for arguments of the shapes and types of these.
 *
 * Tensors and variables that it uses from outside become inputs, read afresh at
 * each call; a variable that it assigns is assigned at each call.
 *
 * @param args The arguments, and `inputs` the tensors in them, in order.
 * @param inputTypes The element types that the tensors really have.
 */
export function trace(
  backend: TensorFlowBackend,
  f: Function,
  args: readonly unknown[],
  inputs: readonly tf.Tensor[],
  inputTypes: readonly number[],
  options: { precision: Precision; jit: boolean },
): Trace {
  const binding = backend.slope;
  const { graphFunction, template, resultCount, assigned, captures } = record(
    backend,
    f,
    args,
    inputs,
    inputTypes,
    options,
  );
  return {
    captured() {
      const ids = backend.getInputTensorIds(
        captures.map(({ source }) => tensorOf(source)),
      );
      const isSame = ids.every((id, i) =>
        binding.dataType(id) === captures[i]!.dataType
      );
      return isSame ? ids : undefined;
    },
    call(ids) {
      const outputs = binding.call(graphFunction, ids).map((metadata) =>
        backend.createOutputTensor(metadata)
      );
      assigned.forEach((variable, i) => {
        const value = outputs[resultCount + i]!;
        variable.assign(value);
        value.dispose();
      });
      const results = outputs.slice(0, resultCount);
      return rebuild(template, results[Symbol.iterator]());
    },
    dispose() {
      binding.deleteFunction(graphFunction);
    },
  };
}
