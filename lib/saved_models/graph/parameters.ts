/**
 * Which constants of a graph are its weights.
 *
 * @module
 */
import type { ParameterSpec, Role } from "../../models/network.ts";
import { checkFinite } from "../build_model.ts";
import { show } from "../../text/show.ts";
import { integersAt } from "./attributes.ts";
import type { Constant, Graph, GraphNode } from "./graph.ts";
import type { Dialect, Use } from "./operation.ts";
import { sizeOf } from "./limits.ts";
import { inverse } from "./value.ts";

/** Weights of a graph. */
export interface GraphParameters {
  /** What they are; their initial values are the file's. */
  readonly specs: readonly ParameterSpec[];
  /** By the constants' names: which one it is, and the order of its axes. */
  readonly places: ReadonlyMap<
    string,
    { readonly index: number; readonly order: readonly number[] }
  >;
}

/** A value that is a constant, or a constant whose axes are in another order. */
interface Origin {
  readonly constant: string;
  readonly axes: readonly number[];
}

/** Values that are constants under other names. */
function originsOf(
  { nodes, constants }: Graph,
  dialect: Dialect,
): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const [constant, { shape }] of constants) {
    origins.set(constant, { constant, axes: shape.map((_, i) => i) });
  }
  for (const node of nodes) {
    const origin = origins.get(node.inputs[0] ?? "");
    const [output] = node.outputs;
    if (origin === undefined || output === undefined) continue;
    if (dialect.passing.has(node.op)) origins.set(output, origin);
    if (node.op !== "Transpose" || !node.attributes.has("perm")) continue;
    const axes = integersAt(node, "perm").map((axis) => origin.axes[axis]!);
    if (axes.length !== origin.axes.length || axes.includes(undefined!)) {
      continue; // said when it is computed
    }
    origins.set(output, { constant: origin.constant, axes });
  }
  return origins;
}

/** The order in which a constant is kept so that its use finds its axes. */
function keptOrder({ axes }: Origin, { order }: Use): number[] | undefined {
  const wanted = order ? order(axes.length) : axes.map((_, i) => i);
  if (wanted === undefined) return undefined;
  const kept: number[] = [];
  axes.forEach((axis, i) => kept[axis] = wanted[i]!);
  return kept;
}

/** The axis that counts filters. */
function filterAxisOf(
  { role, filterAxis = -1 }: Pick<Use, "role" | "filterAxis">,
  shape: readonly number[],
): number | null {
  const { length } = shape;
  if (role !== "kernel") return length === 1 ? 0 : null;
  const axis = typeof filterAxis === "function"
    ? filterAxis(shape)
    : filterAxis;
  if (axis === null || length < 2) return null;
  return axis < 0 ? length + axis : axis;
}

/** The numbers of a constant in the order in which they are kept. */
function reordered(
  { shape, values }: Constant,
  order: readonly number[],
): { shape: number[]; values: Float32Array } {
  const from = inverse(order);
  const kept = from.map((axis) => shape[axis]!);
  const strides = shape.map((_, i) => sizeOf(shape.slice(i + 1)));
  const result = new Float32Array(values.length);
  const index = kept.map(() => 0);
  let at = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = values[at]!;
    for (let axis = kept.length - 1; axis >= 0; axis--) {
      const stride = strides[from[axis]!]!;
      at += stride;
      if (++index[axis]! < kept[axis]!) break;
      index[axis] = 0;
      at -= stride * kept[axis]!;
    }
  }
  return { shape: kept, values: result };
}

/** What variables are called that are no kernels. */
const names: Readonly<Record<string, Role>> = {
  beta: "offset",
  bias: "bias",
  gamma: "scale",
  moving_mean: "statistic",
  moving_variance: "statistic",
};

function roleByName(name: string): Role {
  const last = name.slice(name.lastIndexOf("/") + 1).replace(
    /(_\d+)?(:\d+)?$/,
    "",
  );
  return Object.hasOwn(names, last) ? names[last]! : "kernel";
}

/**
 * Finds the weights: constants that are kernels, biases, scales or statistics of
 * operations, and all variables. Numbers that shift and scale the inputs before any kernel are not
 * weights, nor are single numbers.
 *
 * Kernels get the order of axes that Slope's layers have, so that the last axis
 * counts the filters.
 *
 * @throws {SyntaxError} If a weight is not finite; the message names it.
 */
export function findParameters(
  graph: Graph,
  dialect: Dialect,
): GraphParameters {
  const origins = originsOf(graph, dialect);
  const isAfterKernel = new Set<string>();
  const specs: ParameterSpec[] = [];
  const places = new Map<string, { index: number; order: number[] }>();
  const add = (node: GraphNode, use: Use) => {
    const origin = origins.get(node.inputs[use.input] ?? "");
    if (origin === undefined || places.has(origin.constant)) return;
    const constant = graph.constants.get(origin.constant)!;
    const order = keptOrder(origin, use);
    if (constant.isInteger || constant.values.length === 0 || !order) return;
    checkFinite(constant.values, `weight ${show(origin.constant)}`);
    const { shape, values } = reordered(constant, order);
    places.set(origin.constant, { index: specs.length, order });
    specs.push({
      name: origin.constant,
      shape,
      role: use.role,
      filterAxis: filterAxisOf(use, shape),
      initialise: (into) => into.set(values),
    });
  };
  for (const node of graph.nodes) {
    const uses = dialect.uses(node);
    const isKernel = uses.some(({ role, input }) =>
      role === "kernel" && origins.has(node.inputs[input] ?? "")
    );
    const isAfter = isKernel || node.inputs.some((x) => isAfterKernel.has(x));
    for (const use of uses) {
      if (!isAfter) break;
      const isAlone = use.role === "bias" || use.role === "scale";
      const origin = origins.get(node.inputs[use.input] ?? "");
      const size = origin &&
        graph.constants.get(origin.constant)!.values.length;
      // A factor for all, such as 1/√n, was not learnt.
      if (isAlone && size === 1 && !isKernel && node.op !== "BiasAdd") continue;
      add(node, use);
    }
    // A variable is a weight wherever it stands; its name tells what it does.
    node.inputs.forEach((name, input) => {
      const origin = origins.get(name)?.constant;
      const isVariable = origin && graph.constants.get(origin)!.isVariable;
      if (!isVariable || dialect.passing.has(node.op)) return;
      // One number a channel, as of rectifiers, makes no filters.
      const filterAxis = /(^|\/)alpha/.test(origin) ? null : -1;
      add(node, { input, role: roleByName(origin), filterAxis });
    });
    if (!isAfter) continue;
    for (const name of node.outputs) isAfterKernel.add(name);
  }
  return { specs, places };
}
