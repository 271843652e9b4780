/**
 * Every kind of controller: what stands here can be made by its factory, read from a
 * spec, and is in the JSON Schema.
 *
 * @module
 */
export { adagradNorm } from "./adagrad_norm.ts";
export { aliasedSecondOrder } from "./aliased_second_order.ts";
export { alig } from "./alig.ts";
export { armijo } from "./armijo.ts";
export { barzilaiBorwein } from "./barzilai_borwein.ts";
export { exactLineSearch } from "./exact_line_search.ts";
export { firstOrder } from "./first_order.ts";
export { goldstein } from "./goldstein.ts";
export { hypergradient } from "./hypergradient.ts";
export { lossgrad } from "./lossgrad.ts";
export { pal } from "./pal.ts";
export { polyak } from "./polyak.ts";
export { reduceOnPlateau } from "./reduce_on_plateau.ts";
export { secant } from "./secant.ts";
export { secondOrder } from "./second_order.ts";
export { stochasticPolyak } from "./stochastic_polyak.ts";
export { wngrad } from "./wngrad.ts";
