/**
 * What a kernel with kinks decides, apart from what it computes.
 *
 * @module
 */
import type { NamedAttrMap } from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";

/** The inputs of a kernel, by name. */
export type Inputs = Readonly<Record<string, Tensor>>;

/** A kernel whose decisions can be recorded and replayed. */
export interface Switch {
  /** TensorFlow.js's name of the kernel. */
  readonly kernelName: string;
  /** The inputs that the gradient needs. */
  readonly saved: readonly string[];
  /** The decisions, such as which inputs are positive: tensors without gradient. */
  decide(inputs: Inputs, attributes: NamedAttrMap): Tensor[];
  /** The kernel's output under given decisions: a smooth function. */
  apply(
    inputs: Inputs,
    decisions: readonly Tensor[],
    attributes: NamedAttrMap,
  ): Tensor;
  /** Its gradients by each input. */
  gradient(
    dy: Tensor,
    inputs: Inputs,
    decisions: readonly Tensor[],
    attributes: NamedAttrMap,
  ): Record<string, () => Tensor>;
}
