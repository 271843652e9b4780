/**
 * Figures: plotly JSON as a pure function of numbers, and its renderers.
 *
 * Making a figure needs nothing but these files; drawing one as SVG or PNG
 * loads plotly.js and jsdom when it is first asked for.
 *
 * @module
 */
export { type Axis } from "./axis.ts";
export * from "./comparison_figure.ts";
export * from "./contour_figure.ts";
export {
  type Attributes,
  type AttributeValue,
  type Figure,
  figureCaption,
  type FigureOptions,
  figureTitle,
} from "./figure.ts";
export * from "./figure_bundle.ts";
export * from "./heat_map_figure.ts";
export * from "./image_sheet_figure.ts";
export * from "./label_colours.ts";
export * from "./line_figure.ts";
export { type Numbers } from "./numbers.ts";
export * from "./panel_figure.ts";
export * from "./render_png.ts";
export * from "./render_svg.ts";
export * from "./scatter_figure.ts";
export { surfaceFigure, type SurfaceFigureOptions } from "./surface_figure.ts";
export * from "./seed_band.ts";
export * from "./table_figure.ts";
export { type Theme, themed } from "./theme.ts";
