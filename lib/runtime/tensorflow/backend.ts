/**
 * TensorFlow.js's own native backend, `NodeJSKernelBackend`, over our binding,
 * with what it needs to be traced and to carry float64 tensors.
 *
 * @module
 */
import "./node_util.ts";
import type { DataId, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import { installKernel, round } from "../kernels/mod.ts";
import { asTfjsBinding, type Binding } from "./binding.ts";
import { DataType } from "./data_types.ts";
import type { Precision, TensorMetadata } from "./graph.ts";
import { registerRecordableGather } from "./gather.ts";
import type { WritableValues } from "./values.ts";

registerRecordableGather();

installKernel("tensorflow", round);

/** What the upstream backend keeps of a tensor. */
interface TensorData {
  shape: number[];
  dtype: number;
  id: number;
  values: WritableValues | null;
  refCount: number;
}

/** The private parts of the upstream backend that tracing works on. */
interface BackendInternals {
  tensorMap: { get(dataId: DataId): TensorData; has(dataId: DataId): boolean };
  createOutputTensor(metadata: TensorMetadata): Tensor;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  move(
    dataId: DataId,
    values: WritableValues,
    shape: number[],
    dtype: string,
    refCount: number,
  ): void;
  readSync(dataId: DataId): ArrayBufferView;
  executeMultipleOutputs(
    name: string,
    attributes: unknown[],
    inputs: readonly TensorInfo[],
    count: number,
  ): Tensor[];
}

/** The backend: TensorFlow.js's, plus our additions. */
export type TensorFlowBackend = BackendInternals & {
  readonly slope: Binding;
  /** The recording in progress, if any. */
  recording: Recording | undefined;
};

/** What a recording learns about tensors that it did not make. */
export interface Recording {
  /** The arithmetic of the function. */
  readonly precision: Precision;
  /** Data made while recording: constants of the graph. */
  readonly made: WeakSet<DataId>;
  /** Data from outside, and the graph inputs that stand for them. */
  readonly captures: Map<DataId, number>;
}

/** Native handles are freed with their data, should nobody dispose the tensor. */
function freeWithData(binding: Binding): (dataId: DataId, id: number) => void {
  const registry = new FinalizationRegistry<number>((id) =>
    binding.deleteTensor(id)
  );
  return (dataId, id) => registry.register(dataId, id);
}

/**
 * Makes the backend that TensorFlow.js's engine uses.
 *
 * @param binding The native interface.
 */
export function newBackend(binding: Binding): TensorFlowBackend {
  const backend = new NodeJSKernelBackend(
    asTfjsBinding(binding) as TFJSBinding,
    "@tensorflow/tfjs-node-gpu",
  ) as unknown as TensorFlowBackend;
  const upstream = {
    createOutputTensor: backend.createOutputTensor,
    getInputTensorIds: backend.getInputTensorIds,
    move: backend.move,
    readSync: backend.readSync,
  };
  const watch = freeWithData(binding);

  /** The graph input that stands for a tensor from outside. */
  function capture(recording: Recording, dataId: DataId): number {
    const known = recording.captures.get(dataId);
    if (known !== undefined) return known;
    const data = backend.tensorMap.get(dataId);
    materialise(data);
    const { id } = binding.recordInput(data.shape, binding.dataType(data.id));
    recording.captures.set(dataId, id);
    return id;
  }

  /** Values are written to TensorFlow when they are first used; do it now. */
  function materialise(data: TensorData): void {
    if (data.values === null) return;
    data.id = binding.createHandle(data.shape, data.dtype, data.values);
    data.values = null;
  }

  return Object.assign(backend, {
    slope: binding,
    recording: undefined,

    createOutputTensor(metadata: TensorMetadata): Tensor {
      // TensorFlow.js has no float64: such a tensor shows as float32, and its
      // values are read as a Float64Array.
      const shown = metadata.dtype === DataType.float64
        ? { ...metadata, dtype: DataType.float32 }
        : metadata;
      const tensor = upstream.createOutputTensor.call(backend, shown);
      if (!binding.recording) watch(tensor.dataId, metadata.id);
      return tensor;
    },

    getInputTensorIds(tensors: readonly TensorInfo[]): number[] {
      const { recording } = backend;
      if (recording === undefined) {
        return upstream.getInputTensorIds.call(backend, tensors);
      }
      return tensors.map((tensor) => {
        if (!backend.tensorMap.has(tensor.dataId)) { // an Int64Scalar
          return upstream.getInputTensorIds.call(backend, [tensor])[0]!;
        }
        const data = backend.tensorMap.get(tensor.dataId);
        if (data.values !== null && recording.made.has(tensor.dataId)) {
          return upstream.getInputTensorIds.call(backend, [tensor])[0]!;
        }
        return data.values === null && binding.isRecorded(data.id)
          ? data.id
          : capture(recording, tensor.dataId);
      });
    },

    move(
      dataId: DataId,
      values: WritableValues,
      shape: number[],
      dtype: string,
      refCount: number,
    ): void {
      backend.recording?.made.add(dataId);
      upstream.move.call(backend, dataId, values, shape, dtype, refCount);
    },

    readSync(dataId: DataId): ArrayBufferView {
      const { recording } = backend;
      if (recording && !recording.made.has(dataId)) {
        throw new TypeError(
          "A compiled function cannot read a tensor's values while it is being compiled: return the tensor and read it outside, or use tensor operations (tf.where, tf.mul) in place of JavaScript's",
        );
      }
      return upstream.readSync.call(backend, dataId);
    },
  });
}
