/**
 * TensorFlow.js's native interface, `TFJSBinding`, over libtensorflow's C API:
 * what the compiled addon of `@tensorflow/tfjs-node-gpu` does, without an addon.
 *
 * @module
 */
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import { type Attribute, AttributeType, setAttribute } from "./attributes.ts";
import { type Context, type ContextOptions, newContext } from "./context.ts";
import { DataType } from "./data_types.ts";
import {
  type GraphFunction,
  GraphRecorder,
  type Precision,
  type TensorMetadata,
} from "./graph.ts";
import { type Pointer, type TensorFlowLibrary } from "./library.ts";
import * as savedModels from "./saved_model.ts";
import {
  newTensor,
  readTensor,
  type Values,
  type WritableValues,
} from "./values.ts";

interface Handle {
  pointer: Pointer;
  dataType: number;
}

/** The largest number of outputs of one operation. */
const MAX_OUTPUTS = 65536;

/** `TFJSBinding`, and what tracing needs beyond it. */
export class Binding {
  readonly TensorMetadata = class {};
  readonly TFEOpAttr = class {};
  readonly TF_FLOAT = DataType.float32;
  readonly TF_INT32 = DataType.int32;
  readonly TF_INT64 = DataType.int64;
  readonly TF_BOOL = DataType.bool;
  readonly TF_COMPLEX64 = DataType.complex64;
  readonly TF_STRING = DataType.string;
  readonly TF_RESOURCE = DataType.resource;
  readonly TF_UINT8 = DataType.uint8;
  readonly TF_ATTR_STRING = AttributeType.string;
  readonly TF_ATTR_INT = AttributeType.int;
  readonly TF_ATTR_FLOAT = AttributeType.float;
  readonly TF_ATTR_BOOL = AttributeType.bool;
  readonly TF_ATTR_TYPE = AttributeType.type;
  readonly TF_ATTR_SHAPE = AttributeType.shape;
  readonly TF_ATTR_RESOURCE = AttributeType.resource;
  readonly TF_Version: string;

  /** Devices and memory. */
  readonly context: Context;

  readonly #library: TensorFlowLibrary;
  readonly #handles = new Map<number, Handle>();
  readonly #savedModels = new Map<number, savedModels.SavedModel>();
  readonly #returned = new BigUint64Array(MAX_OUTPUTS);
  readonly #returnedCount = new Int32Array(1);
  #nextId = 1;
  #nextSavedModel = 1;
  #recorder: GraphRecorder | undefined;

  /**
   * @param library The opened libtensorflow.
   * @param options Threads, device and memory.
   */
  constructor(library: TensorFlowLibrary, options: ContextOptions = {}) {
    this.#library = library;
    this.context = newContext(library, options);
    this.TF_Version = library.version;
  }

  // TFJSBinding

  /** Makes a tensor; returns its id. While recording: a constant of the graph. */
  createTensor(shape: number[], dtype: number, values: WritableValues): number {
    if (this.#recorder) return this.#recorder.constant(shape, dtype, values);
    return this.createHandle(shape, dtype, values);
  }

  /** Frees a tensor. */
  deleteTensor(id: number): void {
    const handle = this.#handles.get(id);
    if (handle) {
      this.#library.api.TFE_DeleteTensorHandle(handle.pointer);
      this.#handles.delete(id);
    } else this.#recorder?.forget(id);
  }

  /** A copy of a tensor's values. */
  tensorDataSync(id: number): Values {
    const { api, status } = this.#library;
    if (this.#recorder?.has(id)) {
      throw new TypeError(
        "A compiled function cannot read a tensor's values while it is being compiled: return the tensor and read it outside, or use tensor operations (tf.where, tf.mul) in place of JavaScript's",
      );
    }
    const handle = this.#handle(id);
    const tensor = api.TFE_TensorHandleResolve(handle.pointer, status);
    this.#library.check("A tensor could not be read");
    try {
      return readTensor(this.#library, tensor, handle.dataType);
    } finally {
      api.TF_DeleteTensor(tensor);
    }
  }

  /** Executes an operation, or records it. */
  executeOp(
    name: string,
    attributes: Attribute[],
    inputs: number[],
    outputCount: number,
  ): TensorMetadata[] {
    if (this.#recorder) {
      return this.#recorder.execute(name, attributes, inputs, outputCount);
    }
    const { api, status } = this.#library;
    const operation = api.TFE_NewOp(
      this.context.pointer,
      this.#library.name(name),
      status,
    );
    this.#library.check(`Operation ${name} is not known`);
    try {
      for (const id of inputs) this.#addInput(operation, id);
      for (const attribute of attributes) {
        setAttribute(this.#library, "TFE_OpSetAttr", operation, attribute);
      }
      return this.#execute(operation, name, outputCount).map((pointer) =>
        this.#metadata(pointer)
      );
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /** Loads a SavedModel; returns its id. */
  loadSavedModel(directory: string, tags: string): number {
    const id = this.#nextSavedModel++;
    this.#savedModels.set(
      id,
      savedModels.loadSavedModel(this.#library, directory, tags),
    );
    return id;
  }

  /** Frees a SavedModel. */
  deleteSavedModel(id: number): void {
    savedModels.deleteSavedModel(this.#library, this.#savedModel(id));
    this.#savedModels.delete(id);
  }

  /** Runs a SavedModel on tensors, by the names of its operations. */
  runSavedModel(
    id: number,
    inputs: number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[] {
    const { api, status } = this.#library;
    const model = this.#savedModel(id);
    const tensors = inputs.map((input) => {
      const tensor = api.TFE_TensorHandleResolve(
        this.#handle(input).pointer,
        status,
      );
      this.#library.check("An input could not be read");
      return tensor;
    });
    try {
      return savedModels.runSavedModel(
        this.#library,
        model,
        tensors,
        inputNames.split(","),
        outputNames.split(","),
      ).map((tensor) => {
        const handle = api.TFE_NewTensorHandle(tensor, status);
        this.#library.check("An output could not be kept");
        api.TF_DeleteTensor(tensor);
        return this.#metadata(handle);
      });
    } finally {
      tensors.forEach((tensor) => api.TF_DeleteTensor(tensor));
    }
  }

  /** How many SavedModels are loaded. */
  getNumOfSavedModels(): number {
    return this.#savedModels.size;
  }

  /** How many tensors TensorFlow holds for us. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /** Whether work goes to a GPU. */
  isUsingGpuDevice(): boolean {
    return this.context.device.type === "GPU";
  }

  // Tracing

  /** Makes a tensor at once, even while recording. */
  createHandle(
    shape: readonly number[],
    dataType: number,
    values: WritableValues,
  ): number {
    const { api, status } = this.#library;
    const tensor = newTensor(this.#library, shape, dataType, values);
    let pointer = api.TFE_NewTensorHandle(tensor, status);
    this.#library.check("A tensor could not be made");
    api.TF_DeleteTensor(tensor);
    // Most GPU kernels want int32 (shapes, axes) and strings in host memory.
    if (
      this.isUsingGpuDevice() && dataType !== DataType.int32 &&
      dataType !== DataType.string
    ) {
      const onHost = pointer;
      pointer = api.TFE_TensorHandleCopyToDevice(
        onHost,
        this.context.pointer,
        this.#library.name(this.context.device.name),
        status,
      );
      api.TFE_DeleteTensorHandle(onHost);
      this.#library.check("A tensor could not be copied to the GPU");
    }
    return this.#keep({ pointer, dataType });
  }

  /** The element type that a tensor really has (float64 shows as float32 elsewhere). */
  dataType(id: number): number {
    return this.#handle(id).dataType;
  }

  /** The number of the element type that TensorFlow.js knows by a name. */
  dataTypeShown(dtype: string): number {
    return DataType[dtype as keyof typeof DataType];
  }

  /** Whether operations are being recorded. */
  get recording(): boolean {
    return this.#recorder !== undefined;
  }

  /** Whether an id stands for a tensor of the graph being recorded. */
  isRecorded(id: number): boolean {
    return this.#recorder?.has(id) ?? false;
  }

  /** From here on operations are recorded, not executed. */
  startRecording(precision: Precision): void {
    this.#recorder = new GraphRecorder(
      this.#library,
      precision,
      () => this.#nextId++,
    );
  }

  /** Adds an input to the graph being recorded. */
  recordInput(shape: readonly number[], dataType: number): TensorMetadata {
    return this.#recorder!.input(shape, dataType);
  }

  /** Makes a function of what was recorded. */
  finishRecording(outputs: readonly number[], jit: boolean): GraphFunction {
    return this.#recorder!.finish(this.context.pointer, outputs, jit);
  }

  /** Goes back to executing. Always call it after `startRecording`. */
  stopRecording(): void {
    this.#recorder?.dispose();
    this.#recorder = undefined;
  }

  /** Calls a function. */
  call(
    graphFunction: GraphFunction,
    inputs: readonly number[],
  ): TensorMetadata[] {
    const { api, status } = this.#library;
    const { name, outputs } = graphFunction;
    const operation = api.TFE_NewOp(
      this.context.pointer,
      this.#library.name(name),
      status,
    );
    this.#library.check(`${name} was disposed`);
    try {
      for (const id of inputs) {
        api.TFE_OpAddInput(operation, this.#handle(id).pointer, status);
      }
      this.#library.check(`${name} refused an input`);
      const pointers = this.#execute(operation, name, outputs.length);
      return pointers.map((pointer, i) => {
        const { shape, dtype } = outputs[i]!;
        return { id: this.#keep({ pointer, dataType: dtype }), shape, dtype };
      });
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /** Frees a function. */
  deleteFunction(graphFunction: GraphFunction): void {
    this.#library.api.TFE_ContextRemoveFunction(
      this.context.pointer,
      this.#library.name(graphFunction.name),
      this.#library.status,
    );
  }

  #handle(id: number): Handle {
    const handle = this.#handles.get(id);
    if (handle === undefined) throw new Error(`Tensor ${id} was disposed`);
    return handle;
  }

  #savedModel(id: number): savedModels.SavedModel {
    const model = this.#savedModels.get(id);
    if (model === undefined) throw new Error(`SavedModel ${id} was deleted`);
    return model;
  }

  #keep(handle: Handle): number {
    const id = this.#nextId++;
    this.#handles.set(id, handle);
    return id;
  }

  /** Adds an input; a float64 tensor is rounded, since kernels ask for float32. */
  #addInput(operation: Pointer, id: number): void {
    const { api, status } = this.#library;
    const { pointer, dataType } = this.#handle(id);
    if (dataType !== DataType.float64) {
      api.TFE_OpAddInput(operation, pointer, status);
      this.#library.check("An input was refused");
      return;
    }
    const cast = api.TFE_NewOp(
      this.context.pointer,
      this.#library.name("Cast"),
      status,
    );
    api.TFE_OpAddInput(cast, pointer, status);
    api.TFE_OpSetAttrType(cast, this.#library.name("DstT"), DataType.float32);
    const rounded = this.#execute(cast, "Cast", 1)[0]!;
    api.TFE_DeleteOp(cast);
    api.TFE_OpAddInput(operation, rounded, status);
    this.#library.check("An input was refused");
    api.TFE_DeleteTensorHandle(rounded); // the operation holds a reference
  }

  #execute(operation: Pointer, name: string, outputCount: number): Pointer[] {
    this.#returnedCount[0] = outputCount;
    this.#library.api.TFE_Execute(
      operation,
      this.#returned,
      this.#returnedCount,
      this.#library.status,
    );
    this.#library.check(`Operation ${name} failed`);
    return Array.from(
      { length: outputCount },
      (_, i) => Deno.UnsafePointer.create(this.#returned[i]!),
    );
  }

  #metadata(pointer: Pointer): TensorMetadata {
    const { api, status } = this.#library;
    const dtype = api.TFE_TensorHandleDataType(pointer);
    const rank = api.TFE_TensorHandleNumDims(pointer, status);
    const shape: number[] = [];
    for (let i = 0; i < rank; i++) {
      shape.push(Number(api.TFE_TensorHandleDim(pointer, i, status)));
    }
    return { id: this.#keep({ pointer, dataType: dtype }), shape, dtype };
  }
}

/** The binding under the type that TensorFlow.js gives it. */
export function asTfjsBinding(binding: Binding): TFJSBinding {
  // Upstream's type leaves out Float64Array and BigInt64Array, which it passes on.
  return binding as unknown as TFJSBinding;
}
