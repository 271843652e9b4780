/**
 * Our side of a comparison, in a process of its own: threads and backend are
 * fixed for the life of a process. Answers requests, a line of JSON each way.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { initialize, type RuntimeOptions } from "../lib/runtime/initialize.ts";
import { burst } from "./burst.ts";
import { memoryGrowth } from "./memory.ts";
import { lineSteps } from "./line_steps.ts";
import { forwardWork, lineWork, spectrumWork } from "./probe_work.ts";
import { sgdStepper, type Stepper } from "./sgd_step.ts";
import { TextLineStream } from "./text_lines.ts";
import { bareSteps, trainerSteps } from "./training_steps.ts";
import { workload } from "./workloads.ts";

/** Ways to take a step. */
export type Arm =
  | "compiled"
  | "eager"
  | "bare"
  | "alone8"
  | "together8"
  | "trainer"
  | "lossgrad"
  | "stepAndForward"
  | "line"
  | "forward"
  | "spectrum";

interface Request {
  command: "start" | "burst" | "losses" | "probe" | "memory" | "drop";
  runtime: RuntimeOptions;
  arm: Arm;
  workload: string;
  seconds: number;
  steps: number;
}

type Prepared = {
  step(): unknown;
  dispose(): unknown;
  stepsPerCall?: number;
};

const prepared = new Map<string, Prepared>();

function prepare(arm: Arm, name: string): Prepared {
  const key = `${arm} ${name}`;
  let found = prepared.get(key);
  if (found === undefined) {
    const chosen = workload(name);
    found = {
      compiled: () => sgdStepper(chosen, true),
      eager: () => sgdStepper(chosen, false),
      bare: () => bareSteps(chosen, { runs: 1, calls: 1 }),
      alone8: () => bareSteps(chosen, { runs: 1, calls: 8 }),
      together8: () => bareSteps(chosen, { runs: 8, calls: 1 }),
      trainer: () => trainerSteps(chosen),
      lossgrad: () => lineSteps(chosen, true),
      stepAndForward: () => lineSteps(chosen, false),
      line: () => lineWork(chosen),
      forward: () => forwardWork(chosen),
      spectrum: () => spectrumWork(chosen),
    }[arm]();
    prepared.set(key, found);
  }
  return found;
}

async function answer(request: Request): Promise<unknown> {
  switch (request.command) {
    case "start": {
      const info = await initialize(request.runtime);
      return { backend: info.backend, version: info.version };
    }
    case "burst": {
      const { step, stepsPerCall = 1 } = prepare(request.arm, request.workload);
      const { milliseconds, steps } = await burst(step, request.seconds);
      return {
        milliseconds: milliseconds / stepsPerCall,
        steps: steps * stepsPerCall,
      };
    }
    case "losses": {
      const stepper = sgdStepper(workload(request.workload), true);
      const losses = Array.from({ length: request.steps }, stepper.step);
      stepper.dispose();
      return { losses };
    }
    case "probe": {
      const { step } = prepare(request.arm, request.workload);
      return { result: await step() };
    }
    case "memory":
      return memoryGrowth(
        prepare("compiled", request.workload) as Stepper,
        request.steps,
      );
    case "drop":
      for (const { dispose } of prepared.values()) await dispose();
      prepared.clear();
      return { tensors: tf.memory().numTensors };
  }
}

const lines = Deno.stdin.readable
  .pipeThrough(new TextDecoderStream())
  .pipeThrough(new TextLineStream());
for await (const line of lines) {
  const reply = await answer(JSON.parse(line)).catch((error) => ({
    error: String(error?.message ?? error),
  }));
  console.log(JSON.stringify(reply));
}
