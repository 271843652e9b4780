/**
 * Whether the measuring can be trusted.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Purpose, randomStream } from "../random/stream.ts";
import { type ProbeControl, quietly } from "../probes/control.ts";
import { checkHessian } from "../probes/hessian.ts";
import { lossSurface } from "../probes/loss_surface.ts";
import { normals } from "../probes/vectors.ts";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import { initialValues, type Objective } from "../training/objective.ts";
import type { SelfChecks } from "./report.ts";
import type { Subject } from "./subject.ts";

/** SHA-256 of an objective's weights as its model holds them now. */
export function weightsSha256(objective: Objective): string {
  const hash = createHash("sha256");
  for (const values of initialValues(objective, 0)) {
    hash.update(new Uint8Array(values.buffer));
  }
  return hash.digest("hex");
}

/**
 * Measures the loss again, and at another batch size; checks a Hessian product; and
 * looks whether the model's weights are what they were.
 *
 * @param before Their hash before anything was measured.
 */
export async function selfChecks(
  subject: Subject,
  before: string,
  control: ProbeControl,
): Promise<SelfChecks> {
  const { surface, batchSize = 250, effort, divided, seed } = subject;
  const quiet = quietly(control);
  const { loss } = await surface.evaluate(surface.weights, quiet);
  const again = await surface.evaluate(surface.weights, quiet);
  const halved = lossSurface({
    ...subject,
    batchSize: Math.ceil(batchSize / 2),
  });
  let other: number;
  try {
    other = (await halved.evaluate(halved.weights, quiet)).loss;
  } finally {
    halved.dispose();
  }
  const operator = subject.withoutGradient === undefined
    ? subject.hessian()
    : undefined;
  const isChecked = operator && effort.checksHessian &&
    currentTensorFlowBackend();
  const check = isChecked
    ? await checkHessian(
      { ...subject, data: divided.splits[0]! },
      normals(operator.size, randomStream(seed, Purpose.probes, 60)),
      quiet,
    )
    : undefined;
  return {
    repeat: Math.abs(again.loss - loss),
    otherBatchSize: Math.abs(other - loss) / (Math.abs(loss) || 1),
    weightsRestored: weightsSha256(subject.objective) === before,
    hessianDifference: check?.difference ?? null,
    hessianPair: check?.pair ?? null,
    unfrozen: operator?.unfrozen ?? [],
  };
}
