/** Values in [−1, 1] without a pattern, the same each time. */
export function waves(count: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => Math.sin(1 + 2.3 * i + 0.7 * ((i * i) % 1e6)),
  );
}
