/**
 * TensorFlow.js's own native backend, `NodeJSKernelBackend`, over our binding,
 * with what it needs to be traced and to carry float64 tensors.
 *
 * @module
 */
import "./node_util.ts";
import {
  type BackendValues,
  type DataId,
  type DataType as DataTypeName,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
  Variable,
} from "@tensorflow/tfjs";
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import { installGradient, installKernel } from "../kernels/mod.ts";
import { type Attribute, AttributeType } from "./attributes.ts";
import type { Binding } from "./binding.ts";
import { DataType } from "./data_types.ts";
import * as gradients from "./gradients/mod.ts";
import type { TensorMetadata } from "./handles.ts";
import * as kernels from "./kernels/mod.ts";
import type { Precision } from "./precision.ts";
import type { WritableValues } from "./values.ts";

for (const kernel of Object.values(kernels)) {
  installKernel("tensorflow", kernel);
}
for (const gradient of Object.values(gradients)) installGradient(gradient);

/** What the upstream backend keeps of a tensor. */
interface TensorData {
  shape: number[];
  dtype: number;
  /** Its id in the binding; −1 while its values wait to be written. */
  id: number;
  values: WritableValues | null;
  refCount: number;
}

/** The parts of the upstream backend that we use, private ones among them. */
interface UpstreamBackend {
  tensorMap: { get(dataId: DataId): TensorData; has(dataId: DataId): boolean };
  getDTypeInteger(dtype: string): number;
  createOutputTensor(metadata: TensorMetadata): Tensor;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorInfo[],
    count: number,
  ): Tensor[];
}

/** The backend: TensorFlow.js's, plus our additions. */
export type TensorFlowBackend = KernelBackend & UpstreamBackend & {
  readonly slope: Binding;
  /** The recording in progress, if any. */
  recording: Recording | undefined;
};

/** What a graph input that was not an argument stands for. */
export type Capture = Variable | DataId;

/** What a recording learns about tensors that it did not make. */
export interface Recording {
  /** The arithmetic of the function. */
  readonly precision: Precision;
  /** The variables there are, and the data that they have at the start. */
  readonly variables: ReadonlyMap<Variable, DataId>;
  /** Data made while recording: constants of the graph. */
  readonly made: WeakSet<DataId>;
  /** Variables and data from outside, and the graph inputs that stand for them. */
  readonly captures: Map<Capture, number>;
}

/**
 * Makes the backend that TensorFlow.js's engine uses.
 *
 * @param binding The native interface.
 */
export function newBackend(binding: Binding): TensorFlowBackend {
  const backend = new NodeJSKernelBackend(
    // Upstream's type leaves out Float64Array and BigInt64Array, which it passes on.
    binding as unknown as TFJSBinding,
    "@tensorflow/tfjs-node-gpu",
  ) as unknown as TensorFlowBackend;
  const upstream = {
    createOutputTensor: backend.createOutputTensor,
    getInputTensorIds: backend.getInputTensorIds,
    move: backend.move,
    readSync: backend.readSync,
    write: backend.write,
  };

  // Native tensors are freed with their data, should nobody dispose them.
  const registry = new FinalizationRegistry<TensorData>(({ id }) =>
    binding.deleteTensor(id)
  );
  const watch = (dataId: DataId): void =>
    registry.register(dataId, backend.tensorMap.get(dataId));

  /** The graph input that stands for something from outside. */
  function capture(recording: Recording, source: Capture): number {
    const known = recording.captures.get(source);
    if (known !== undefined) return known;
    const dataId = source instanceof Variable ? source.dataId : source;
    const data = backend.tensorMap.get(dataId);
    if (data.values !== null) { // they are written when first used: now
      data.id = binding.createHandle(data.shape, data.dtype, data.values);
      data.values = null;
    }
    const { id } = binding.recordInput(data.shape, binding.dataType(data.id));
    recording.captures.set(source, id);
    return id;
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
      watch(tensor.dataId);
      return tensor;
    },

    getInputTensorIds(tensors: readonly TensorInfo[]): number[] {
      const { recording } = backend;
      if (recording === undefined) {
        return upstream.getInputTensorIds.call(backend, tensors);
      }
      return tensors.map((tensor) => {
        const { dataId } = tensor;
        const data = dataId && backend.tensorMap.get(dataId);
        const isConstant = data === undefined || // an Int64Scalar has no data
          (data.values !== null && recording.made.has(dataId));
        if (isConstant) {
          return upstream.getInputTensorIds.call(backend, [tensor])[0]!;
        }
        if (data.values === null && binding.isRecorded(data.id)) return data.id;
        const isVariable = tensor instanceof Variable &&
          recording.variables.get(tensor) === dataId;
        return capture(recording, isVariable ? tensor : dataId);
      });
    },

    move(
      dataId: DataId,
      values: BackendValues,
      shape: number[],
      dtype: DataTypeName,
      refCount: number,
    ): void {
      upstream.move.call(backend, dataId, values, shape, dtype, refCount);
      watch(dataId);
    },

    write(values: BackendValues, shape: number[], dtype: DataTypeName): DataId {
      const dataId = upstream.write.call(backend, values, shape, dtype);
      backend.recording?.made.add(dataId);
      return dataId;
    },

    // Upstream's loses the sign of int64 inputs of SavedModels.
    getMappedInputTensorIds(
      tensors: readonly Tensor[],
      types: readonly ({ tfDtype?: string } | undefined)[],
    ): { tensorIds: number[]; newTensors: number[] } {
      const tensorIds = backend.getInputTensorIds(tensors);
      const newTensors: number[] = [];
      const wanted = new Map<string | undefined, number>([
        ["DT_UINT8", DataType.uint8],
        ["DT_INT64", DataType.int64],
      ]);
      tensorIds.forEach((id, i) => {
        const to = wanted.get(types[i]?.tfDtype);
        if (to === undefined) return;
        const attribute = (name: string, value: number): Attribute => ({
          name,
          type: AttributeType.type,
          value,
        });
        const [cast] = binding.executeOp(
          "Cast",
          [
            attribute("SrcT", binding.dataType(id)),
            attribute("DstT", to),
          ],
          [id],
          1,
        );
        tensorIds[i] = cast!.id;
        newTensors.push(i);
      });
      return { tensorIds, newTensors };
    },

    readSync(dataId: DataId): BackendValues {
      const { recording } = backend;
      const isReadable = !recording || (recording.made.has(dataId) &&
        backend.tensorMap.get(dataId).values !== null);
      if (!isReadable) {
        throw new TypeError(
          "A compiled function cannot read a tensor's values while it is being compiled: return the tensor and read it outside, or use tensor operations (tf.where, tf.mul) in place of JavaScript's",
        );
      }
      return upstream.readSync.call(backend, dataId);
    },
  });
}
