/**
 * Relative flatness of the last layer: exactly where that is cheap, else estimated.
 *
 * @module
 */
import { type ProbeControl, quietly, repeat } from "../probes/control.ts";
import { lastLayerFlatness } from "../probes/last_layer_flatness.ts";
import type { ParameterSlice } from "../probes/parameter_layout.ts";
import { flatnessVector } from "../probes/relative_flatness.ts";
import { dot } from "../probes/vectors.ts";
import { weighted } from "./parts.ts";
import { meansOfColumns, standardError, together } from "./statistics.ts";
import {
  type Measure,
  type Measured,
  PRODUCT,
  type Subject,
} from "./subject.ts";

/** What one way to take it gives. */
interface Taken {
  passes: number;
  measured: Measured;
}

/** How many Hessian products an estimate takes. */
const productsOf = (products: number) => Math.max(2, Math.ceil(products / 2));

/**
 * In closed form; nothing if that takes more passes than are allowed, or if the layer
 * is none of which there is one.
 */
async function exact(
  subject: Subject,
  { name, shape }: ParameterSlice,
  most: number,
  control: ProbeControl,
): Promise<Taken | undefined> {
  const [inputs, outputs] = shape;
  const passes = Math.ceil(inputs! / outputs!) + 2;
  if (shape.length !== 2 || passes > most) return undefined;
  const { divided } = subject;
  const byPart: number[] = [];
  try {
    await repeat(
      divided.splits.length,
      "relative flatness",
      control,
      async (i) => {
        const data = divided.splits[i]!;
        const own = quietly(control);
        byPart.push(await lastLayerFlatness({ ...subject, data }, name, own));
      },
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return {
    passes,
    measured: {
      value: weighted(divided, byPart),
      error: standardError(byPart),
      note: `of ${name}, in closed form`,
    },
  };
}

/** From Hessian products with random vectors. */
async function estimate(
  { effort, seed, surface, hessian }: Subject,
  { name, shape, offset, size }: ParameterSlice,
  control: ProbeControl,
): Promise<Taken> {
  const count = productsOf(effort.products);
  const kernel = surface.weights.subarray(offset, offset + size);
  const operator = hessian();
  operator.takeForms();
  const terms: number[] = [];
  await repeat(count, "relative flatness", control, async (i) => {
    const full = new Float64Array(surface.layout.size);
    full.set(flatnessVector(kernel, shape.at(-1)!, seed, i), offset);
    const vector = operator.restrict(full);
    terms.push(dot(vector, await operator.apply(vector, quietly(control))));
  });
  const byPart = meansOfColumns(operator.takeForms());
  return {
    passes: PRODUCT * count,
    measured: {
      value: terms.reduce((sum, x) => sum + x, 0) / count,
      error: together(standardError(terms), standardError(byPart)),
      note: `of ${name}`,
    },
  };
}

/** Relative flatness of the last layer. */
export const relativeFlatnessMeasure: Measure = {
  names: ["relativeFlatness"],
  needsGradient: true,
  passes: ({ products }) => PRODUCT * productsOf(products),
  async take(subject, control) {
    const last = subject.surface.layout.slices.findLast(({ role, shape }) =>
      role === "kernel" && shape.length >= 2
    );
    if (last === undefined) {
      const note = "there is no layer with a kernel";
      return {
        passes: 0,
        values: { relativeFlatness: { value: null, error: null, note } },
      };
    }
    const most = PRODUCT * productsOf(subject.effort.products);
    const { passes, measured } = await exact(subject, last, most, control) ??
      await estimate(subject, last, control);
    return { passes, values: { relativeFlatness: measured } };
  },
};
