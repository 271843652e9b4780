/**
 * Opens libtensorflow and turns its status codes into JavaScript errors.
 *
 * @module
 */
import { quietly } from "./quietly.ts";
import { symbols } from "./symbols.ts";

/** A pointer into libtensorflow's memory; null where C would say NULL. */
export type Pointer = Deno.PointerValue;

/** Bytes that a C function reads or writes during the call. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** libtensorflow, opened. */
export interface TensorFlowLibrary {
  /** The C functions. */
  readonly api: Deno.DynamicLibrary<typeof symbols>["symbols"];
  /** The status object that every call here reports through. */
  readonly status: Pointer;
  /** TensorFlow's version, such as `2.21.0`. */
  readonly version: string;
  /** A NUL-terminated copy of a name, kept for the life of the library. */
  name(text: string): Bytes;
  /** Throws TensorFlow's message, preceded by `what`, if the last call failed. */
  check(what: string): void;
}

/** An error that TensorFlow reported. */
export class TensorFlowError extends Error {
  override readonly name = "TensorFlowError";
  /** TensorFlow's status code: 3 is invalid argument, 5 not found, 8 out of memory. */
  readonly code: number;
  /**
   * @param message What failed, and TensorFlow's own words.
   * @param code TensorFlow's status code.
   */
  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

const encoder = new TextEncoder();

/** A NUL-terminated copy of a string. */
export function cString(text: string): Bytes {
  return encoder.encode(text + "\0");
}

/** The JavaScript string at a C string's address. */
export function readCString(pointer: Pointer): string {
  return pointer === null ? "" : Deno.UnsafePointerView.getCString(pointer);
}

/** `RTLD_NOW`, on Linux and macOS. */
const BIND_NOW = 2;

/**
 * Loads a library for good. Deno unloads what it loaded when a program ends,
 * while threads and exit handlers of TensorFlow still run code in there; so it is
 * loaded once more, by the C library, which it depends on.
 */
function load(path: string): TensorFlowLibrary["api"] {
  const { dlopen } = Deno.dlopen(path, {
    dlopen: { parameters: ["buffer", "i32"], result: "pointer" },
  }).symbols;
  dlopen(cString(path), BIND_NOW);
  return Deno.dlopen(path, symbols).symbols;
}

/**
 * Opens libtensorflow.
 *
 * It logs fatal errors only, since whatever fails throws here; the environment's
 * `TF_CPP_MIN_LOG_LEVEL` asks for more (0 is everything).
 *
 * @param path The path of `libtensorflow_cc.so.2` (or its name on the platform).
 * @returns The opened library.
 * @throws {Error} If the file cannot be loaded or lacks a function; the message
 * names the file.
 */
export function openLibrary(path: string): TensorFlowLibrary {
  const level = Number(Deno.env.get("TF_CPP_MIN_LOG_LEVEL") ?? 3);
  let api: TensorFlowLibrary["api"];
  try {
    api = level < 3 ? load(path) : quietly(() => load(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${path} is not a usable libtensorflow: ${reason}; run \`deno task setup\`, or point SLOPE_LIBTENSORFLOW at another one`,
      { cause },
    );
  }
  api._ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE?.(level);
  const status = api.TF_NewStatus();
  const names = new Map<string, Bytes>();
  return {
    api,
    status,
    version: readCString(api.TF_Version()),
    name(text) {
      let bytes = names.get(text);
      if (bytes === undefined) names.set(text, bytes = cString(text));
      return bytes;
    },
    check(what) {
      const code = api.TF_GetCode(status);
      if (code === 0) return;
      const message = `${what}: ${readCString(api.TF_Message(status))}`;
      api.TF_SetStatus(status, 0, cString("")); // not every function does
      throw new TensorFlowError(message, code);
    },
  };
}
