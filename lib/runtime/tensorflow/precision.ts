/**
 * In which precision a recorded operation computes.
 *
 * @module
 */
import { DataType } from "./data_types.ts";

/**
 * The arithmetic of a recorded function: `float32` as TensorFlow.js writes it;
 * `float64` for every float operation; `bfloat16` for the operands of matrix
 * products and convolutions, accumulating in float32.
 */
export type Precision = "float32" | "float64" | "bfloat16";

/** Operations that stay in float32 so that their numbers do not change. */
const FLOAT32_ALWAYS = new Set(["StatelessRandomUniform"]);

/** Operations worth doing with bfloat16 operands. */
const MATRIX_OPERATIONS = new Set([
  "MatMul",
  "BatchMatMul",
  "BatchMatMulV2",
  "Conv2D",
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
]);

/** The type that floats have between operations. */
export function workingType(precision: Precision): number {
  return precision === "float64" ? DataType.float64 : DataType.float32;
}

/** The type that an operation computes in where TensorFlow.js says float32. */
export function operationType(precision: Precision, name: string): number {
  if (precision === "bfloat16" && MATRIX_OPERATIONS.has(name)) {
    return DataType.bfloat16;
  }
  return FLOAT32_ALWAYS.has(name) ? DataType.float32 : workingType(precision);
}

/** A type attribute with float32 replaced by the type an operation computes in. */
export function substituteType(
  value: number | number[],
  type: number,
): number | number[] {
  return Array.isArray(value)
    ? value.map((v) => substituteType(v, type) as number)
    : value === DataType.float32
    ? type
    : value;
}

/**
 * The shortest decimal that rounds to a float32: what was written in the source
 * before TensorFlow.js rounded it. So 0.1 is 0.1 in a float64 function, not
 * 0.10000000149.
 */
export function shortestDecimal(value: number): number {
  if (value === 0) return value; // −0 has no decimal of its own
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return value;
}
