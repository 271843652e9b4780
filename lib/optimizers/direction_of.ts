import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import {
  decayed,
  type Optimizer,
  type StepNumbers,
  type UpdateFactors,
} from "./optimizer.ts";

/**
 * What a step goes along, θ ← θ − η·d, whatever η: the rule's direction with decay and
 * the parameter's own factor of the rate in it.
 *
 * @param optimizer One whose direction does not include the rate.
 * @param role The parameter's role; it decides whether it decays.
 * @param parameter θ.
 * @param gradient g, of the shape of θ.
 * @param slots The optimizer's state of this parameter.
 * @param numbers w, the number of the step, and what other schedules give.
 * @param factors What η and λ are multiplied by for this parameter.
 * @returns d and the state after it; d is `gradient` itself where the two are the same.
 */
export function directionOf(
  optimizer: Optimizer,
  role: string,
  parameter: Tensor,
  gradient: Tensor,
  slots: readonly Tensor[],
  numbers: Omit<StepNumbers, "learningRate">,
  { rateFactor = 1, decayFactor = 1 }: UpdateFactors = {},
): { direction: Tensor; slots: Tensor[] } {
  const { gradient: seen, decoupled } = decayed(
    optimizer,
    role,
    parameter,
    gradient,
    numbers,
    decayFactor,
  );
  const result = optimizer.direction(seen, slots, {
    ...numbers,
    learningRate: tf.scalar(1),
  });
  let { direction } = result;
  if (decoupled !== undefined) direction = tf.add(direction, decoupled);
  direction = optimizer.rescale?.(direction, parameter) ?? direction;
  if (rateFactor !== 1) direction = tf.mul(direction, rateFactor);
  return { direction, slots: result.slots };
}
