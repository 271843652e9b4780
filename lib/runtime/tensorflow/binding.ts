/**
 * TensorFlow.js's native interface, `TFJSBinding`, over libtensorflow's C API:
 * what the compiled addon of `@tensorflow/tfjs-node-gpu` does, without an addon.
 *
 * @module
 */
import { type Attribute, AttributeType, setAttribute } from "./attributes.ts";
import { type Context, type ContextOptions, newContext } from "./context.ts";
import { DataType } from "./data_types.ts";
import { type GraphFunction, GraphRecorder } from "./graph.ts";
import { Handles, type TensorMetadata } from "./handles.ts";
import type { Pointer, TensorFlowLibrary } from "./library.ts";
import { execute } from "./operation.ts";
import type { Precision } from "./precision.ts";
import * as savedModels from "./saved_model.ts";
import type { Values, WritableValues } from "./values.ts";

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

  readonly #library: TensorFlowLibrary;
  readonly #context: Context;
  readonly #handles: Handles;
  readonly #savedModels = new Map<number, savedModels.SavedModel>();
  #lastId = 0;
  #recorder: GraphRecorder | undefined;
  #retired = false;
  #closed = false;

  /**
   * @param library The opened libtensorflow.
   * @param options Threads, device and memory.
   */
  constructor(library: TensorFlowLibrary, options: ContextOptions = {}) {
    this.#library = library;
    this.#context = newContext(library, options);
    this.#handles = new Handles(library, () => this.#newId());
    this.TF_Version = library.version;
  }

  // TFJSBinding

  /** Makes a tensor; returns its id. While recording: a constant of the graph. */
  createTensor(shape: number[], dtype: number, values: WritableValues): number {
    return this.#recorder
      ? this.#recorder.constant(shape, dtype, values)
      : this.createHandle(shape, dtype, values);
  }

  /** Frees a tensor. */
  deleteTensor(id: number): void {
    if (!this.#handles.delete(id)) this.#recorder?.forget(id);
    this.#closeIfDone();
  }

  /** A copy of a tensor's values. */
  tensorDataSync(id: number): Values {
    return this.#handles.read(id);
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
    const fill = (operation: Pointer): void => {
      for (const id of inputs) this.#addInput(operation, name, id);
      for (const attribute of attributes) {
        setAttribute(this.#library, "TFE_OpSetAttr", operation, attribute);
      }
    };
    return execute(this.#library, this.context, name, outputCount, fill)
      .map((pointer) => this.#handles.describe(pointer));
  }

  /** Loads a SavedModel; returns its id. */
  loadSavedModel(directory: string, tags: string): number {
    const { config } = this.context;
    const model = savedModels.loadSavedModel(
      this.#library,
      config,
      directory,
      tags,
    );
    const id = this.#newId();
    this.#savedModels.set(id, model);
    return id;
  }

  /** Frees a SavedModel. */
  deleteSavedModel(id: number): void {
    savedModels.deleteSavedModel(this.#library, this.#savedModel(id));
    this.#savedModels.delete(id);
    this.#closeIfDone();
  }

  /** Runs a SavedModel on tensors, by the names of its operations. */
  runSavedModel(
    id: number,
    inputs: number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[] {
    return savedModels.runSavedModel(
      this.#library,
      this.#savedModel(id),
      inputs.map((input) => this.#handles.get(input).pointer),
      inputNames.split(","),
      outputNames.split(","),
    ).map((pointer) => this.#handles.describe(pointer));
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

  // Beyond TFJSBinding

  /** Devices and memory. */
  get context(): Context {
    if (this.#closed) {
      throw new Error(
        "This backend was replaced by another call of initialize()",
      );
    }
    return this.#context;
  }

  /** Frees TensorFlow's side as soon as no tensor and no SavedModel is left. */
  retire(): void {
    this.#retired = true;
    this.#closeIfDone();
  }

  /** Makes a tensor at once, even while recording. */
  createHandle(
    shape: readonly number[],
    dataType: number,
    values: WritableValues,
  ): number {
    return this.#handles.create(this.context, shape, dataType, values);
  }

  /** The element type that a tensor really has (float64 shows as float32 elsewhere). */
  dataType(id: number): number {
    return this.#handles.get(id).dataType;
  }

  /** Whether an id stands for a tensor of the graph being recorded. */
  isRecorded(id: number): boolean {
    return this.#recorder?.has(id) ?? false;
  }

  /** From here on operations are recorded, not executed. */
  startRecording(precision: Precision): void {
    const newId = () => this.#newId();
    this.#recorder = new GraphRecorder(this.#library, precision, newId);
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
    { name, outputs }: GraphFunction,
    inputs: readonly number[],
  ): TensorMetadata[] {
    const { api, status } = this.#library;
    const fill = (operation: Pointer): void => {
      for (const id of inputs) {
        api.TFE_OpAddInput(operation, this.#handles.get(id).pointer, status);
        this.#library.check("A compiled function refused an input");
      }
    };
    const subject = "A compiled function";
    const count = outputs.length;
    return execute(this.#library, this.context, name, count, fill, subject)
      .map((pointer, i) => {
        const { shape, dtype } = outputs[i]!;
        return { id: this.#handles.keep(pointer, dtype), shape, dtype };
      });
  }

  /** Frees a function. */
  deleteFunction({ name }: GraphFunction): void {
    if (this.#closed) return;
    this.#library.api.TFE_ContextRemoveFunction(
      this.#context.pointer,
      this.#library.name(name),
      this.#library.status,
    );
    this.#library.check("A compiled function could not be freed");
  }

  #newId(): number {
    return ++this.#lastId;
  }

  #savedModel(id: number): savedModels.SavedModel {
    const model = this.#savedModels.get(id);
    if (model === undefined) throw new Error(`SavedModel ${id} was deleted`);
    return model;
  }

  #closeIfDone(): void {
    if (!this.#retired || this.#closed) return;
    if (this.#handles.size > 0 || this.#savedModels.size > 0) return;
    this.#closed = true;
    this.#library.api.TFE_DeleteContext(this.#context.pointer);
  }

  /** Adds an input; a float64 tensor is rounded, since kernels ask for float32. */
  #addInput(operation: Pointer, name: string, id: number): void {
    const { api, status } = this.#library;
    const { pointer, dataType } = this.#handles.get(id);
    const input = dataType === DataType.float64
      ? this.#rounded(pointer)
      : pointer;
    api.TFE_OpAddInput(operation, input, status);
    // The operation holds a reference of its own.
    if (input !== pointer) api.TFE_DeleteTensorHandle(input);
    this.#library.check(`Operation ${name} refused an input`);
  }

  #rounded(float64: Pointer): Pointer {
    const { api, status } = this.#library;
    const [float32 = null] = execute(
      this.#library,
      this.context,
      "Cast",
      1,
      (operation) => {
        const key = this.#library.name("DstT");
        api.TFE_OpAddInput(operation, float64, status);
        this.#library.check("A float64 tensor could not be rounded");
        api.TFE_OpSetAttrType(operation, key, DataType.float32);
      },
    );
    return float32;
  }
}
