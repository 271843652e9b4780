/**
 * Vectors of doubles.
 *
 * @module
 */
import type { RandomStream } from "../random/stream.ts";

/** The inner product Σ aᵢbᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The Euclidean norm. */
export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** a + scale · b, a new vector. */
export function plus(
  a: Float64Array,
  scale: number,
  b: Float64Array,
): Float64Array {
  return a.map((value, i) => value + scale * b[i]!);
}

/** a ← a + scale · b. */
export function add(
  a: Float64Array,
  scale: number,
  b: Float64Array | Float32Array,
): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + scale * b[i]!;
}

/** a · scale, a new vector. */
export function scaled(a: Float64Array, scale: number): Float64Array {
  return a.map((value) => value * scale);
}

/** Standard normal numbers. */
export function normals(size: number, random: RandomStream): Float64Array {
  return new Float64Array(size).map(() => random.normal());
}

/** Numbers that are 1 or −1, each with probability ½ (Rademacher's). */
export function signs(size: number, random: RandomStream): Float64Array {
  return new Float64Array(size).map(() => random.uniform() < 0.5 ? -1 : 1);
}
