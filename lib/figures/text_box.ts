/**
 * The boxes around SVG texts, for a page that lays nothing out.
 *
 * @module
 */
import type { Font } from "./font.ts";

/** A rectangle as `getBoundingClientRect` gives it. */
export interface Box {
  /** Left edge, equal to `left`. */
  x: number;
  /** Upper edge, equal to `top`. */
  y: number;
  /** Horizontal extent. */
  width: number;
  /** Vertical extent. */
  height: number;
  /** Left edge. */
  left: number;
  /** Upper edge. */
  top: number;
  /** Right edge. */
  right: number;
  /** Lower edge. */
  bottom: number;
}

/** As much of a DOM node as is looked at here. */
export interface TextNode {
  /** Element or `#text`. */
  nodeName: string;
  /** All text inside. */
  textContent: string | null;
  /** What is inside, in order. */
  childNodes: ArrayLike<TextNode>;
  /** The element's own style. */
  style?: { getPropertyValue(name: string): string };
  /** An attribute of the element. */
  getAttribute?(name: string): string | null;
  /** What it is in. */
  parentNode: TextNode | null;
}

/** The fonts for weights below 600 and from 600. */
interface Fonts {
  regular: Font;
  bold: Font;
}

/** A rectangle from its edges. */
function box(left: number, top: number, right: number, bottom: number): Box {
  const [width, height] = [right - left, bottom - top];
  return { x: left, y: top, width, height, left, top, right, bottom };
}

/**
 * Measures the SVG texts that plotly makes: one line, or one `tspan` of class
 * `line` a line, with nested spans for superscripts.
 *
 * @returns The box around all texts in an element, in the coordinates of the
 * element's parent; an empty one where there is no text.
 */
export function textMeasure(fonts: Fonts): (element: TextNode) => Box {
  const measure = (element: TextNode): Box | undefined => {
    const inside = element.nodeName === "text"
      ? textBox(element, fonts)
      : union(Array.from(element.childNodes).map(measure));
    const transform = element.getAttribute?.("transform");
    return inside && transform ? transformed(inside, transform) : inside;
  };
  return (element) => measure(element) ?? box(0, 0, 0, 0);
}

/** The smallest box around some boxes. */
function union(boxes: (Box | undefined)[]): Box | undefined {
  return boxes.reduce((a, b) =>
    a && b
      ? box(
        Math.min(a.left, b.left),
        Math.min(a.top, b.top),
        Math.max(a.right, b.right),
        Math.max(a.bottom, b.bottom),
      )
      : a ?? b, undefined);
}

/** The box around a box moved by SVG's `translate` and `rotate`. */
function transformed(inside: Box, transform: string): Box {
  let corners = [
    [inside.left, inside.top],
    [inside.right, inside.top],
    [inside.left, inside.bottom],
    [inside.right, inside.bottom],
  ] as [number, number][];
  const steps = [...transform.matchAll(/(translate|rotate)\(([^)]*)\)/g)];
  for (const [, kind, list] of steps.reverse()) {
    const [a = 0, b = 0, c = 0] = list!.split(/[ ,]+/).map(Number);
    const cos = Math.cos(a * Math.PI / 180), sin = Math.sin(a * Math.PI / 180);
    corners = corners.map(([x, y]) =>
      kind === "translate" ? [x + a, y + b] : [
        b + (x - b) * cos - (y - c) * sin,
        c + (x - b) * sin + (y - c) * cos,
      ]
    );
  }
  const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
  return box(
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs),
    Math.max(...ys),
  );
}

/** The box of a `text` element before its own transform. */
function textBox(element: TextNode, fonts: Fonts): Box | undefined {
  if (!element.textContent) return undefined;
  const size = fontSize(element);
  const { ascent, descent } = fonts.regular;
  const lines = Array.from(element.childNodes)
    .filter((child) => child.getAttribute?.("class") === "line");
  const shown = lines.length > 0 ? lines : [element];
  const width = Math.max(...shown.map((line) => textWidth(line, fonts)));
  // The first line too is moved by dy, all of them in em.
  const shifts = shown.map((line) =>
    (parseFloat(line.getAttribute?.("dy") ?? "") || 0) * size
  );
  const x = Number(element.getAttribute?.("x") ?? 0);
  const y = Number(element.getAttribute?.("y") ?? 0);
  const anchor = property(element, "text-anchor");
  const left = x -
    (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  return box(
    left,
    y + Math.min(...shifts) - ascent * size,
    left + width,
    y + Math.max(...shifts) + descent * size,
  );
}

/** The width of all text in a node, in CSS pixels. */
function textWidth(node: TextNode, fonts: Fonts): number {
  if (node.nodeName === "#text") {
    const parent = node.parentNode!;
    const weight = property(parent, "font-weight");
    const isBold = weight === "bold" || Number(weight) >= 600;
    const font = isBold ? fonts.bold : fonts.regular;
    return font.width(node.textContent ?? "") * fontSize(parent);
  }
  return Array.from(node.childNodes)
    .reduce((sum, child) => sum + textWidth(child, fonts), 0);
}

/** The font size at a node, in CSS pixels; percentages are of the parent's. */
function fontSize(node: TextNode): number {
  const own = node.style?.getPropertyValue("font-size") ?? "";
  const value = parseFloat(own);
  if (own.endsWith("px")) return value;
  const parent = node.parentNode?.style ? fontSize(node.parentNode) : 12;
  return own.endsWith("%") ? parent * value / 100 : parent;
}

/** An inherited property, from the attribute or the style of a node. */
function property(node: TextNode, name: string): string {
  const own = node.getAttribute?.(name) ||
    node.style?.getPropertyValue(name) || "";
  return own !== "" || !node.parentNode?.style
    ? own
    : property(node.parentNode, name);
}
