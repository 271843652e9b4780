/**
 * What a figure is: plotly JSON, made by pure functions of numbers.
 *
 * @module
 */

/** What an attribute holds: anything that JSON can write. */
export type AttributeValue =
  | null
  | boolean
  | number
  | string
  | AttributeValue[]
  | { [name: string]: AttributeValue };

/** Plotly attributes by name, as in plotly's reference of traces and layout. */
export type Attributes = { [name: string]: AttributeValue };

/**
 * A figure: plotly JSON without colours of the page, which
 * {@link themed} adds.
 *
 * `layout.meta` holds what plotly has no place for: `title` and `caption` as
 * plain text, and `narrow`, the part of the layout that differs below
 * {@link narrowWidth}.
 */
export interface Figure {
  /** The traces. */
  data: Attributes[];
  /** Axes, title, legend. */
  layout: Attributes;
}

/** What every figure has besides its data. */
export interface FigureOptions {
  /** The title, one plain sentence or phrase. */
  title: string;
  /** What is drawn, from what, and what a band or bar means; plain text. */
  caption?: string;
}

/** Below this width in CSS pixels a figure takes its narrow layout. */
export const narrowWidth = 600;

/** The value as attributes; an empty set where it is anything else. */
export function attributes(value: AttributeValue | undefined): Attributes {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? value
    : {};
}

/** The title of a figure as plain text, empty if it has none. */
export function figureTitle(figure: Figure): string {
  const { title } = attributes(figure.layout.meta);
  return typeof title === "string" ? title : "";
}

/** The caption of a figure as plain text, empty if it has none. */
export function figureCaption(figure: Figure): string {
  const { caption } = attributes(figure.layout.meta);
  return typeof caption === "string" ? caption : "";
}

/** The height of a figure in CSS pixels: its own, or 420. */
export function figureHeight(figure: Figure): number {
  const { height } = figure.layout;
  return typeof height === "number" ? height : 420;
}

/**
 * The figure as it is drawn at a width: below {@link narrowWidth} the
 * attributes of `layout.meta.narrow` replace those of the layout.
 *
 * @param width CSS pixels.
 *
 * @example
 * ```ts
 * import { fitted } from "./figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = { data: [], layout: { height: 300, meta: { narrow: { height: 600 } } } };
 * strictEqual(fitted(figure, 1200).layout.height, 300);
 * strictEqual(fitted(figure, 400).layout.height, 600);
 * ```
 */
export function fitted(figure: Figure, width: number): Figure {
  if (width >= narrowWidth) return figure;
  const { narrow } = attributes(figure.layout.meta);
  return {
    data: figure.data,
    layout: merged(figure.layout, attributes(narrow)),
  };
}

/** The attributes with some replaced, within nested ones too. */
export function merged(base: Attributes, changes: Attributes): Attributes {
  const result = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    const isNested = value !== null && typeof value === "object" &&
      !Array.isArray(value);
    result[name] = isNested ? merged(attributes(base[name]), value) : value;
  }
  return result;
}
