/**
 * The tensors that TensorFlow holds for us.
 *
 * @module
 */
import type { Context } from "./context.ts";
import { DataType } from "./data_types.ts";
import type { Pointer, TensorFlowLibrary } from "./library.ts";
import { execute } from "./operation.ts";
import {
  deleteTensor,
  newTensor,
  readTensor,
  type Values,
  type WritableValues,
} from "./values.ts";

/** What the TensorFlow.js backend learns of a tensor. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** A tensor on a device. */
export interface Handle {
  readonly pointer: Pointer;
  readonly dataType: number;
}

/** `TFE_TensorHandle`s, by the ids that TensorFlow.js knows them by. */
export class Handles {
  readonly #library: TensorFlowLibrary;
  readonly #newId: () => number;
  readonly #handles = new Map<number, Handle>();

  /**
   * @param library The opened library.
   * @param newId Gives ids that were never used.
   */
  constructor(library: TensorFlowLibrary, newId: () => number) {
    this.#library = library;
    this.#newId = newId;
  }

  /** How many there are. */
  get size(): number {
    return this.#handles.size;
  }

  /** The handle of an id. */
  get(id: number): Handle {
    const handle = this.#handles.get(id);
    if (handle === undefined) throw new Error(`Tensor ${id} was disposed`);
    return handle;
  }

  /** Takes a handle over; returns its id. */
  keep(pointer: Pointer, dataType: number): number {
    const id = this.#newId();
    this.#handles.set(id, { pointer, dataType });
    return id;
  }

  /** Takes a handle over; returns its id, shape and type. */
  describe(pointer: Pointer): TensorMetadata {
    const { api, status } = this.#library;
    const dtype = api.TFE_TensorHandleDataType(pointer);
    const rank = api.TFE_TensorHandleNumDims(pointer, status);
    const shape: number[] = [];
    for (let i = 0; i < rank; i++) {
      shape.push(Number(api.TFE_TensorHandleDim(pointer, i, status)));
    }
    return { id: this.keep(pointer, dtype), shape, dtype };
  }

  /** Copies values to a context's device; returns the new tensor's id. */
  create(
    context: Context,
    shape: readonly number[],
    dataType: number,
    values: WritableValues,
  ): number {
    const { api, status } = this.#library;
    const tensor = newTensor(this.#library, shape, dataType, values);
    const onHost = api.TFE_NewTensorHandle(tensor, status);
    try {
      this.#library.check("A tensor could not be made");
      return this.keep(this.#settle(context, onHost, dataType), dataType);
    } finally {
      deleteTensor(this.#library, tensor, dataType);
    }
  }

  /** A copy of a tensor's values. */
  read(id: number): Values {
    const { api, status } = this.#library;
    const { pointer, dataType } = this.get(id);
    const tensor = api.TFE_TensorHandleResolve(pointer, status);
    this.#library.check("A tensor could not be read");
    try {
      return readTensor(this.#library, tensor, dataType);
    } finally {
      api.TF_DeleteTensor(tensor);
    }
  }

  /** Frees a tensor; says whether there was one of that id. */
  delete(id: number): boolean {
    const handle = this.#handles.get(id);
    if (handle) this.#library.api.TFE_DeleteTensorHandle(handle.pointer);
    return this.#handles.delete(id);
  }

  /** Moves a new tensor from our memory to where it will stay. */
  #settle(context: Context, onHost: Pointer, dataType: number): Pointer {
    const { api, status } = this.#library;
    const { device, pointer } = context;
    let settled: Pointer;
    if (dataType === DataType.string) {
      // TensorFlow does not free the characters of a tensor that we filled: it
      // gets a copy of its own, and ours is freed here.
      const copy = (operation: Pointer): void => {
        const key = this.#library.name("T");
        api.TFE_OpAddInput(operation, onHost, status);
        this.#library.check("A string tensor could not be copied");
        api.TFE_OpSetAttrType(operation, key, dataType);
      };
      [settled = null] = execute(this.#library, context, "DeepCopy", 1, copy);
    } else if (device.type === "GPU" && dataType !== DataType.int32) {
      // Most GPU kernels want int32 (shapes, axes) in host memory.
      const name = this.#library.name(device.name);
      settled = api.TFE_TensorHandleCopyToDevice(onHost, pointer, name, status);
    } else return onHost;
    api.TFE_DeleteTensorHandle(onHost);
    this.#library.check("A tensor could not be copied to the GPU");
    return settled;
  }
}
