/**
 * Turns a TensorFlow.js function into one TensorFlow graph function.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flatten, rebuild } from "../containers.ts";
import type { TensorFlowBackend } from "./backend.ts";
import type { GraphFunction, Precision } from "./graph.ts";

type Function = (...args: unknown[]) => unknown;

/** A function as compiled for arguments of given shapes and types. */
export interface Trace {
  /** Calls it on the ids of the arguments' tensors; returns what the function returns. */
  call(inputs: readonly number[]): unknown;
  /** Frees the graph function. */
  dispose(): void;
}

/** Data that outlive a trace, whatever the traced function does to them. */
interface HeldVariable {
  variable: tf.Variable;
  dataId: tf.DataId;
}

function holdVariables(backend: TensorFlowBackend): HeldVariable[] {
  return Object.values(tf.engine().registeredVariables)
    .filter((variable) => backend.tensorMap.has(variable.dataId))
    .map((variable) => {
      backend.tensorMap.get(variable.dataId).refCount++;
      return { variable, dataId: variable.dataId };
    });
}

/** Gives the variables back the data that they had before the trace. */
function releaseVariables(
  backend: TensorFlowBackend,
  held: readonly HeldVariable[],
): void {
  for (const { variable, dataId } of held) {
    if (variable.dataId !== dataId) {
      tf.engine().disposeTensor(variable);
      variable.dataId = dataId;
      tf.engine().incRef(variable, null as unknown as tf.KernelBackend);
    }
    backend.tensorMap.get(dataId).refCount--;
  }
}

/**
 * Runs `f` once on stand-ins for its arguments, recording its operations.
 *
 * Tensors and variables that `f` uses from outside become inputs, read afresh at
 * each call; a variable that `f` assigns is assigned at each call.
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
  const recording = {
    precision: options.precision,
    made: new WeakSet(),
    captures: new Map<tf.DataId, number>(),
  };
  const held = holdVariables(backend);
  const variableCount = Object.keys(tf.engine().registeredVariables).length;
  let graphFunction: GraphFunction | undefined;
  let result: unknown;
  let resultCount = 0;
  const updated: tf.Variable[] = [];
  binding.startRecording(options.precision);
  backend.recording = recording;
  try {
    tf.tidy(() => {
      const standIns = inputs.map((tensor, i) =>
        backend.createOutputTensor({
          ...binding.recordInput(tensor.shape, inputTypes[i]!),
          dtype: binding.dataTypeShown(tensor.dtype),
        })
      );
      const iterator = standIns[Symbol.iterator]();
      result = f(...args.map((arg) => rebuild(arg, iterator)));
      const { leaves } = flatten(result, "The result of a compiled function");
      resultCount = leaves.length;
      updated.push(
        ...held.filter(({ variable, dataId }) => variable.dataId !== dataId)
          .map(({ variable }) => variable),
      );
      if (Object.keys(tf.engine().registeredVariables).length > variableCount) {
        throw new TypeError(
          "A compiled function cannot make variables: make them before compile(), for an optimizer by applying it once outside",
        );
      }
      const outputs = backend.getInputTensorIds([...leaves, ...updated]);
      graphFunction = binding.finishRecording(outputs, options.jit);
    });
  } finally {
    releaseVariables(backend, held);
    backend.recording = undefined;
    binding.stopRecording();
  }
  const compiled = graphFunction!;
  const template = result;
  const captures = capturedSources(recording.captures.keys());

  return {
    call(ids) {
      const all = [
        ...ids,
        ...captures.map((source) => handleOf(backend, source)),
      ];
      const outputs = binding.call(compiled, all).map((metadata) =>
        backend.createOutputTensor(metadata)
      );
      updated.forEach((variable, i) => {
        const value = outputs[resultCount + i]!;
        variable.assign(value);
        value.dispose();
      });
      return rebuild(
        template,
        outputs.slice(0, resultCount)[Symbol.iterator](),
      );
    },
    dispose() {
      binding.deleteFunction(compiled);
    },
  };
}

type Source = { variable: tf.Variable } | { dataId: tf.DataId };

/** Captured data that belong to variables are looked up through them. */
function capturedSources(captured: Iterable<tf.DataId>): Source[] {
  const variables = new Map(
    Object.values(tf.engine().registeredVariables).map((v) => [v.dataId, v]),
  );
  return Array.from(captured, (dataId) => {
    const variable = variables.get(dataId);
    return variable ? { variable } : { dataId };
  });
}

function handleOf(backend: TensorFlowBackend, source: Source): number {
  const dataId = "variable" in source ? source.variable.dataId : source.dataId;
  if (!backend.tensorMap.has(dataId)) {
    throw new Error(
      "A compiled function uses a tensor from outside that was disposed: keep it alive, or pass it as an argument",
    );
  }
  return backend.getInputTensorIds([{ dataId } as tf.TensorInfo])[0]!;
}
