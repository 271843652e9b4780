/**
 * Probes of the loss surface: values and gradients over whole data sets.
 *
 * @module
 */
export type { ProbeControl } from "./control.ts";
export {
  type LossSurface,
  lossSurface,
  type SurfaceValue,
} from "./loss_surface.ts";
export {
  filtersOf,
  flattenParameters,
  type ParameterLayout,
  parameterLayout,
  type ParameterSlice,
} from "./parameter_layout.ts";
export type { Normalisation, ProbeOptions, Problem } from "./problem.ts";
export { type Snapshot, takeSnapshot } from "./snapshot.ts";
