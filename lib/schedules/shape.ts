/**
 * The shapes of a way from one value to another, and ways through several
 * values.
 *
 * @module
 */
import { blend } from "./blend.ts";
import { choice, type Field, type FieldText } from "./field.ts";

/**
 * A shape: of the time that remains, from 1 to 0, the share of the way that
 * remains, from 1 to 0.
 */
export type Shape = (remaining: number) => number;

/** The name of a shape. */
export type ShapeName = "linear" | "cosine" | "oneMinusSquareRoot";

/**
 * The shapes by their names, of the remaining time r = 1 − s: `linear` r,
 * `cosine` ½·(1 + cos πs), `oneMinusSquareRoot` 1 − √s.
 */
export const shapes: { readonly [Name in ShapeName]: Shape } = {
  linear: (r) => r,
  // ½·(1 + cos πs) = sin²(½π·(1 − s)), which is exact at both ends.
  cosine: (r) => Math.sin(Math.PI / 2 * r) ** 2,
  oneMinusSquareRoot: (r) => 1 - Math.sqrt(1 - r),
};

/** The same shape backwards in time, for a rise that mirrors a fall. */
export function mirrored(shape: Shape): Shape {
  return (remaining) => 1 - shape(1 - remaining);
}

/** A field that holds the name of a shape. */
export function shapeName(text: FieldText): Field<ShapeName> {
  return choice({ ...text, names: Object.keys(shapes) as ShapeName[] });
}

/** A value that a way passes through. */
export interface Point {
  /** The step. */
  readonly step: number;
  /** The value there. */
  readonly value: number;
  /** The shape of the way to the next point. Default: linear. */
  readonly shape?: Shape;
}

/**
 * A way through points, in order of their steps: the first value before them,
 * the last after them; of points at one step the last counts.
 */
export function through(points: readonly Point[]): (step: number) => number {
  return (t) => {
    const i = points.findLastIndex(({ step }) => step <= t);
    const [from, to] = [points[Math.max(i, 0)]!, points[i + 1]];
    if (i < 0 || to === undefined) return from.value;
    const { shape = shapes.linear } = from;
    const remaining = (to.step - t) / (to.step - from.step);
    return blend(from.value, to.value, shape(remaining));
  };
}
