/**
 * Records the operations of TensorFlow.js kernels into a TensorFlow graph
 * instead of executing them, and makes a function of the graph.
 *
 * @module
 */
import { type Attribute, AttributeType, setAttribute } from "./attributes.ts";
import { DataType } from "./data_types.ts";
import type { TensorMetadata } from "./handles.ts";
import { cString, type Pointer, type TensorFlowLibrary } from "./library.ts";
import { type InputArgument, inputArguments } from "./op_definition.ts";
import {
  likelyDouble,
  operationType,
  type Precision,
  substituteType,
  workingType,
} from "./precision.ts";
import { deleteTensor, newTensor, type WritableValues } from "./values.ts";

interface Node {
  operation: Pointer;
  index: number;
  dataType: number;
}

/** A graph function, registered with a context. */
export interface GraphFunction {
  readonly name: string;
  /** Shapes and types of the outputs, which never change. */
  readonly outputs: readonly { shape: number[]; dtype: number }[];
}

/** A `TF_Output` as a C struct. */
function outputStruct(nodes: readonly Node[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16 * Math.max(1, nodes.length));
  const words = new DataView(bytes.buffer);
  nodes.forEach((node, i) => {
    words.setBigUint64(16 * i, Deno.UnsafePointer.value(node.operation), true);
    words.setInt32(16 * i + 8, node.index, true);
  });
  return bytes;
}

let functionCount = 0;

/** A graph under construction. Tensors are known by the ids of the binding. */
export class GraphRecorder {
  readonly #library: TensorFlowLibrary;
  readonly #precision: Precision;
  readonly #newId: () => number;
  readonly #graph: Pointer;
  readonly #nodes = new Map<number, Node>();
  readonly #inputs: Node[] = [];
  #count = 0;

  /**
   * @param library The opened library.
   * @param precision The arithmetic to record.
   * @param newId Gives ids that no executed tensor has.
   */
  constructor(
    library: TensorFlowLibrary,
    precision: Precision,
    newId: () => number,
  ) {
    this.#library = library;
    this.#precision = precision;
    this.#newId = newId;
    this.#graph = library.api.TF_NewGraph();
  }

  /** Whether an id stands for a tensor of this graph. */
  has(id: number): boolean {
    return this.#nodes.has(id);
  }

  /** Forgets an id; its operation stays in the graph. */
  forget(id: number): void {
    this.#nodes.delete(id);
  }

  /** An input of the function. */
  input(shape: readonly number[], dataType: number): TensorMetadata {
    const operation = this.#operation("Placeholder", (description) => {
      this.#set(description, "dtype", AttributeType.type, dataType);
      this.#set(description, "shape", AttributeType.shape, shape);
    });
    const node = { operation, index: 0, dataType };
    this.#inputs.push(node);
    return this.#metadata(this.#working(node));
  }

  /** A constant of the graph. */
  constant(
    shape: readonly number[],
    dataType: number,
    values: WritableValues,
  ): number {
    const { api, status } = this.#library;
    const isFloat = dataType === DataType.float32 ||
      dataType === DataType.float64;
    const type = isFloat ? workingType(this.#precision) : dataType;
    const exact = type === DataType.float64 && values instanceof Float32Array &&
        values.length === 1
      ? Float64Array.of(likelyDouble(values[0]!))
      : values;
    const tensor = newTensor(this.#library, shape, type, exact);
    const operation = this.#operation("Const", (description) => {
      this.#set(description, "dtype", AttributeType.type, type);
      const key = this.#library.name("value");
      api.TF_SetAttrTensor(description, key, tensor, status);
      this.#library.check("A constant could not be recorded");
    });
    deleteTensor(this.#library, tensor, type);
    return this.#keep({ operation, index: 0, dataType: type });
  }

  /** Records an operation; the counterpart of executing it. */
  execute(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    let nodes = inputs.map((id) => this.#nodes.get(id)!);
    const type = operationType(this.#precision, name);
    if (type === DataType.bfloat16) {
      nodes = nodes.map((node) =>
        node.dataType === DataType.float32 ? this.#cast(node, type) : node
      );
    }
    const operation = this.#operation(name, (description) => {
      this.#addInputs(description, name, nodes, attributes);
      for (const attribute of attributes) {
        if (this.#isInputCount(name, attribute)) continue;
        setAttribute(
          this.#library,
          "TF_SetAttr",
          description,
          attribute.type === AttributeType.type
            ? { ...attribute, value: substituteType(attribute.value, type) }
            : attribute,
        );
      }
    });
    return Array.from({ length: outputCount }, (_, index) => {
      const node = { operation, index, dataType: 0 };
      node.dataType = this.#library.api.TF_OperationOutputType(
        outputStruct([node]),
      );
      return this.#metadata(this.#working(node));
    });
  }

  /**
   * Ends the recording: registers a function with the context.
   *
   * @param outputs The ids of the function's results.
   * @param jit Whether XLA compiles the function.
   */
  finish(
    context: Pointer,
    outputs: readonly number[],
    jit: boolean,
  ): GraphFunction {
    const { api, status } = this.#library;
    const results = outputs.map((id) => this.#nodes.get(id)!);
    const metadata = outputs.map((id) => {
      const { shape } = this.#metadata(this.#nodes.get(id)!);
      return { shape, dtype: this.#nodes.get(id)!.dataType };
    });
    // An output of a function may be neither an input nor another output.
    const distinct = results.map((node) => {
      const operation = this.#operation("Identity", (description) => {
        api.TF_AddInput(description, outputStruct([node]));
      });
      return { ...node, operation, index: 0 };
    });
    const name = `slope_function_${functionCount++}`;
    const graphFunction = api.TF_GraphToFunction(
      this.#graph,
      this.#library.name(name),
      0,
      -1,
      null,
      this.#inputs.length,
      outputStruct(this.#inputs),
      distinct.length,
      outputStruct(distinct),
      null,
      null,
      cString("compiled by Slope"),
      status,
    );
    this.#library.check("The recorded operations do not make a function");
    if (jit) {
      const yes = Uint8Array.of(5 << 3, 1); // AttrValue { b: true }
      const key = this.#library.name("_XlaMustCompile");
      api.TF_FunctionSetAttrValueProto(graphFunction, key, yes, 2n, status);
      this.#library.check("The function could not be marked for XLA");
    }
    api.TFE_ContextAddFunction(context, graphFunction, status);
    this.#library.check("The function could not be registered");
    api.TF_DeleteFunction(graphFunction);
    return { name, outputs: metadata };
  }

  /** Frees the graph. A function made of it stays. */
  dispose(): void {
    this.#library.api.TF_DeleteGraph(this.#graph);
  }

  #operation(name: string, fill: (description: Pointer) => void): Pointer {
    const { api, status } = this.#library;
    const description = api.TF_NewOperation(
      this.#graph,
      this.#library.name(name),
      cString(`n${this.#count++}`),
    );
    fill(description);
    const operation = api.TF_FinishOperation(description, status);
    this.#library.check(`Operation ${name} could not be recorded`);
    return operation;
  }

  #set(description: Pointer, name: string, type: number, value: unknown): void {
    setAttribute(this.#library, "TF_SetAttr", description, {
      name,
      type,
      value,
    });
  }

  #cast(node: Node, to: number): Node {
    const operation = this.#operation("Cast", (description) => {
      this.#library.api.TF_AddInput(description, outputStruct([node]));
      this.#set(description, "SrcT", AttributeType.type, node.dataType);
      this.#set(description, "DstT", AttributeType.type, to);
    });
    return { operation, index: 0, dataType: to };
  }

  /** A float tensor in the precision that the graph works in. */
  #working(node: Node): Node {
    const wanted = workingType(this.#precision);
    const isFloat = node.dataType === DataType.float32 ||
      node.dataType === DataType.float64 ||
      node.dataType === DataType.bfloat16;
    return isFloat && node.dataType !== wanted
      ? this.#cast(node, wanted)
      : node;
  }

  #keep(node: Node): number {
    const id = this.#newId();
    this.#nodes.set(id, node);
    return id;
  }

  #metadata(node: Node): TensorMetadata {
    const { api, status } = this.#library;
    const output = outputStruct([node]);
    const rank = api.TF_GraphGetTensorNumDims(this.#graph, output, status);
    const sizes = new BigInt64Array(Math.max(1, rank));
    if (rank > 0) {
      api.TF_GraphGetTensorShape(this.#graph, output, sizes, rank, status);
    }
    this.#library.check("A shape could not be inferred");
    // A shape of unknown rank is that of a workspace (FusedBatchNormV3 has one),
    // which is only handed on to another operation.
    const shape = Array.from(sizes.subarray(0, Math.max(0, rank)), Number);
    if (shape.some((size) => size < 0)) {
      throw new TypeError(
        "An operation's output has a shape that depends on data, which a compiled function cannot have; keep it outside of compile()",
      );
    }
    return { id: this.#keep(node), shape, dtype: node.dataType };
  }

  static readonly #arguments = new Map<string, InputArgument[]>();

  #inputArguments(name: string): InputArgument[] {
    let found = GraphRecorder.#arguments.get(name);
    if (found === undefined) {
      found = inputArguments(this.#library, this.#graph, name);
      GraphRecorder.#arguments.set(name, found);
    }
    return found;
  }

  /** List inputs bring their count with them; setting it again is an error. */
  #isInputCount(name: string, attribute: Attribute): boolean {
    return this.#inputArguments(name).some((argument) =>
      argument.countAttribute === attribute.name ||
      argument.typeListAttribute === attribute.name
    );
  }

  #addInputs(
    description: Pointer,
    name: string,
    nodes: readonly Node[],
    attributes: readonly Attribute[],
  ): void {
    const { api } = this.#library;
    const formal = this.#inputArguments(name);
    const singles = formal.filter((a) =>
      !a.countAttribute && !a.typeListAttribute
    );
    let at = 0;
    for (const argument of formal) {
      const list = argument.countAttribute || argument.typeListAttribute;
      if (!list) {
        api.TF_AddInput(description, outputStruct([nodes[at++]!]));
        continue;
      }
      const given = attributes.find((a) => a.name === list)?.value;
      const count = Array.isArray(given)
        ? given.length
        : given ?? nodes.length - singles.length;
      api.TF_AddInputList(
        description,
        outputStruct(nodes.slice(at, at + count)),
        count,
      );
      at += count;
    }
  }
}
