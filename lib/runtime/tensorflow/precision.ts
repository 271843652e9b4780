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

/** Decimals of more digits than these may be a fraction that was computed. */
const DECIMAL_DIGITS = 6;
/** Fractions whose numerator times denominator is more are not looked for. */
const LARGEST_FRACTION = 65_536;

/** The decimal of fewest digits, up to some, that rounds to a float32. */
function decimal(value: number, digits: number): number | undefined {
  for (let n = 1; n <= digits; n++) {
    const rounded = Number(value.toPrecision(n));
    if (Math.fround(rounded) === value) return rounded;
  }
  return undefined;
}

/** The simplest small fraction that rounds to a float32, by continued fractions. */
function fraction(value: number): number | undefined {
  const size = Math.abs(value);
  let [p, q, before, beforeQ] = [Math.floor(size), 1, 1, 0];
  let rest = size - p;
  while (p * q <= LARGEST_FRACTION) {
    if (Math.fround(p / q) === size) return Math.sign(value) * p / q;
    if (rest === 0) return undefined;
    const whole = Math.floor(1 / rest);
    rest = 1 / rest - whole;
    [p, before] = [whole * p + before, p];
    [q, beforeQ] = [whole * q + beforeQ, q];
  }
  return undefined;
}

/**
 * The double that TensorFlow.js most likely rounded to a float32: the decimal of at
 * most six digits that was written in the source, the small fraction that was computed
 * (1/3, 1/784), or else the decimal of fewest digits. All of them round to the value,
 * so none is further off than the value itself. So 0.1 is 0.1 in a float64 function,
 * not 0.10000000149.
 */
export function likelyDouble(value: number): number {
  if (value === 0) return value; // −0 has no decimal of its own
  return decimal(value, DECIMAL_DIGITS) ?? fraction(value) ??
    decimal(value, 8) ?? value;
}
