/**
 * A canvas that remembers rectangles as an SVG path instead of pixels, which is
 * all that plotly asks of one when it draws a heat map.
 *
 * @module
 */

/** Begins the address of a drawing that {@link inlineCells} puts in place. */
const scheme = "cells:";

/** As much of a canvas and its two-dimensional context as plotly uses. */
export class CellCanvas {
  /** Width in pixels. */
  width = 0;
  /** Height in pixels. */
  height = 0;
  /** The colour of the next rectangle, in CSS. */
  fillStyle = "";
  #paths = new Map<string, string>();

  /** The canvas is its own context. */
  getContext(): this {
    return this;
  }

  /** Adds a rectangle. */
  fillRect(x: number, y: number, width: number, height: number): void {
    const path = this.#paths.get(this.fillStyle) ?? "";
    this.#paths.set(
      this.fillStyle,
      `${path}M${x},${y}h${width}v${height}h${-width}z`,
    );
  }

  /** An address that holds the drawing. */
  toDataURL(): string {
    const paths = [...this.#paths]
      .filter(([fill]) => !fill.endsWith(",0)"))
      .map(([fill, path]) => `<path fill="${opaque(fill)}" d="${path}"/>`);
    return scheme + encodeURIComponent(paths.join(""));
  }
}

/** `rgba(r,g,b,1)` as `rgb(r,g,b)`, which every SVG reader knows. */
function opaque(fill: string): string {
  return fill.replace(/^rgba\((.*),1\)$/, "rgb($1)");
}

/** Replaces the images in an SVG that hold cells by the cells themselves. */
export function inlineCells(svg: string): string {
  return svg.replaceAll(/<image [^>]*\/>/g, (image) => {
    const attribute = (name: string) =>
      new RegExp(`[ :]${name}="([^"]*)"`).exec(image)?.[1] ?? "0";
    const href = attribute("href");
    if (!href.startsWith(scheme)) return image;
    const cells = decodeURIComponent(href.slice(scheme.length));
    const at = `translate(${attribute("x")},${attribute("y")})`;
    return `<g transform="${at}" shape-rendering="crispEdges">${cells}</g>`;
  });
}
