/**
 * The signed distance to each shape of size 1 around the origin: negative
 * within. Only the sign and, near the edge, the value need be right.
 */
export const SHAPES: Readonly<
  Record<string, (x: number, y: number) => number>
> = {
  disc: (x, y) => Math.sqrt(x * x + y * y) - 0.9,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) - 0.8,
  triangle: (x, y) => Math.max(y - 0.6, 0.866 * Math.abs(x) - 0.5 * y - 0.6),
  ring: (x, y) => Math.abs(Math.sqrt(x * x + y * y) - 0.75) - 0.26,
  cross: (x, y) => {
    const u = Math.abs(x), v = Math.abs(y);
    return Math.max(Math.max(u, v) - 1, Math.min(u, v) - 0.32);
  },
};
