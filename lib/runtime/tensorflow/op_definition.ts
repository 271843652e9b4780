/**
 * How an operation takes its inputs, read from TensorFlow's own definition of
 * it (a serialised `OpDef`).
 *
 * @module
 */
import type { Pointer, TensorFlowLibrary } from "./library.ts";

/** One formal input of an operation. */
export interface InputArgument {
  /** The attribute that counts the tensors of this input, if it is a list. */
  countAttribute: string;
  /** The attribute that lists their types, if it is a list of mixed types. */
  typeListAttribute: string;
}

/** The length-delimited fields of a protocol-buffer message, by number. */
function* messageFields(
  bytes: Uint8Array,
): Generator<[field: number, value: Uint8Array]> {
  let at = 0;
  const varint = (): number => {
    let value = 0, scale = 1;
    for (;;) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      yield [tag >>> 3, bytes.subarray(at, at + length)];
      at += length;
    }
  }
}

const decoder = new TextDecoder();

/** Reads the input arguments out of a serialised `OpDef`. */
export function parseInputArguments(opDef: Uint8Array): InputArgument[] {
  const inputs: InputArgument[] = [];
  for (const [field, value] of messageFields(opDef)) {
    if (field !== 2) continue; // OpDef.input_arg
    const argument = { countAttribute: "", typeListAttribute: "" };
    for (const [part, text] of messageFields(value)) {
      if (part === 5) argument.countAttribute = decoder.decode(text);
      if (part === 6) argument.typeListAttribute = decoder.decode(text);
    }
    inputs.push(argument);
  }
  return inputs;
}

/** The input arguments of an operation, asked of a graph's registry. */
export function inputArguments(
  library: TensorFlowLibrary,
  graph: Pointer,
  operation: string,
): InputArgument[] {
  const { api, status } = library;
  const buffer = api.TF_NewBuffer();
  try {
    api.TF_GraphGetOpDef(graph, library.name(operation), buffer, status);
    library.check(`Operation ${operation} is not known`);
    // TF_Buffer is { const void* data; size_t length; … }.
    const fields = new Deno.UnsafePointerView(buffer as Deno.PointerObject);
    const data = fields.getPointer(0) as Deno.PointerObject;
    const length = Number(fields.getBigUint64(8));
    return parseInputArguments(
      new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, length))
        .slice(),
    );
  } finally {
    api.TF_DeleteBuffer(buffer);
  }
}
