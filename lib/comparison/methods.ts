/**
 * Methods by short names, each with its grid.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import { type Method, type MethodSetting, parseMethod } from "./method.ts";

/** A family of settings: one number varies between two ends, in equal ratios. */
interface Grid {
  varies: string;
  from: number;
  to: number;
  setting(value: number): MethodSetting;
}

const constant = (value: number) => ({ kind: "constant", value });

/** An optimizer at a constant rate. */
function atConstantRate(kind: string, from: number, to: number): Grid {
  return {
    varies: "learning rate",
    from,
    to,
    setting: (rate) => ({
      optimizer: { kind },
      learningRate: constant(rate),
    }),
  };
}

/** An optimizer whose rate falls as a cosine to 0 over the budget. */
function withCosine(kind: string, from: number, to: number): Grid {
  return {
    varies: "first learning rate",
    from,
    to,
    setting: (rate) => ({
      optimizer: { kind },
      learningRate: {
        kind: "cosine",
        from: rate,
        to: 0,
        steps: { fraction: 1 },
      },
    }),
  };
}

/** Gradient descent under a controller, one option of which varies. */
function controlled(
  kind: string,
  option: string,
  from: number,
  to: number,
): Grid {
  return {
    varies: option,
    from,
    to,
    setting: (value) => ({
      optimizer: { kind: "sgd" },
      controller: { kind, [option]: value },
    }),
  };
}

/** An optimizer that has no rate to tune. */
function rateFree(kind: string): MethodSetting {
  return { optimizer: { kind }, learningRate: constant(1) };
}

const methods: Readonly<Record<string, Grid | MethodSetting>> = {
  sgd: atConstantRate("sgd", 1e-3, 1),
  sgdCosine: withCosine("sgd", 1e-3, 1),
  momentum: atConstantRate("momentum", 1e-4, 0.1),
  momentumCosine: withCosine("momentum", 1e-4, 0.1),
  nesterov: atConstantRate("nesterov", 1e-4, 0.1),
  adam: atConstantRate("adam", 1e-4, 0.1),
  adamCosine: withCosine("adam", 1e-4, 0.1),
  rmsprop: atConstantRate("rmsprop", 1e-4, 0.1),
  adagrad: atConstantRate("adagrad", 1e-3, 1),
  nadam: atConstantRate("nadam", 1e-4, 0.1),
  lion: atConstantRate("lion", 1e-5, 0.01),
  scheduleFree: atConstantRate("scheduleFree", 1e-3, 10),
  scheduleFreeAdam: atConstantRate("scheduleFreeAdam", 1e-4, 0.1),
  momo: atConstantRate("momo", 1e-2, 10),
  l4: rateFree("l4"),
  distanceOverGradients: rateFree("distanceOverGradients"),
  dAdaptation: rateFree("dAdaptation"),
  prodigy: rateFree("prodigy"),
  coinBetting: rateFree("coinBetting"),
  mechanic: rateFree("mechanic"),
  lossgrad: {
    varies: "factor − 1",
    from: 0.01,
    to: 0.3,
    setting: (more) => ({
      optimizer: { kind: "sgd" },
      controller: { kind: "lossgrad", factor: 1 + more },
    }),
  },
  firstOrder: controlled("firstOrder", "initial", 1e-3, 1),
  secondOrder: controlled("secondOrder", "initial", 1e-3, 1),
  hypergradient: controlled("hypergradient", "initial", 1e-3, 1),
  secant: controlled("secant", "initial", 1e-3, 1),
  barzilaiBorwein: controlled("barzilaiBorwein", "maximum", 1, 1e3),
  armijo: controlled("armijo", "slack", 0.01, 0.5),
  goldstein: controlled("goldstein", "slack", 0.01, 0.4),
  pal: controlled("pal", "measuringStep", 0.01, 1),
  polyak: controlled("polyak", "maximum", 0.1, 100),
  stochasticPolyak: controlled("stochasticPolyak", "slack", 0.2, 1),
  alig: controlled("alig", "maximum", 0.01, 10),
  wngrad: controlled("wngrad", "numerator", 0.1, 10),
  adagradNorm: controlled("adagradNorm", "numerator", 0.01, 10),
  reduceOnPlateau: controlled("reduceOnPlateau", "initial", 1e-3, 1),
  exactLineSearch: {
    optimizer: { kind: "sgd" },
    controller: { kind: "exactLineSearch" },
  },
};

/** The short names of methods. */
export const methodNames: readonly string[] = Object.keys(methods);

/**
 * A method by its short name, or from its plain form ({@linkcode parseMethod}).
 *
 * @param method The name, one of {@linkcode methodNames}, or the plain form.
 * @param count How many settings a grid has, from 2 to 100: its ends, and what lies
 * between in equal ratios. A method without a grid has one.
 * @throws {RangeError | TypeError} If there is no such method, or the count is out of
 * range.
 *
 * @example
 * ```ts
 * import { methodOf } from "./methods.ts";
 * import { deepStrictEqual, strictEqual, throws } from "node:assert";
 *
 * deepStrictEqual(methodOf("sgd", 4).values, [0.001, 0.01, 0.1, 1]);
 * strictEqual(methodOf("prodigy", 4).settings.length, 1);
 * throws(() => methodOf("prodigi", 4), /did you mean "prodigy"\?/);
 * ```
 */
export function methodOf(method: unknown, count: number): Method {
  checkInteger("settings", count, 2, 100);
  if (typeof method !== "string") return parseMethod(method);
  if (!Object.hasOwn(methods, method)) {
    throw new RangeError(
      `a method must be one of ${methodNames.join(", ")}, or an object, got ${
        show(method)
      }${didYouMean(method, methodNames)}`,
    );
  }
  const family = methods[method]!;
  if (!("setting" in family)) {
    return { name: method, values: [], settings: [family] };
  }
  const { varies, from, to, setting } = family;
  const values = Array.from({ length: count }, (_, i) => {
    const value = from * (to / from) ** (i / (count - 1));
    return Number(value.toPrecision(3));
  });
  return { name: method, varies, values, settings: values.map(setting) };
}
