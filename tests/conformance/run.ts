/**
 * Runs TensorFlow.js core's own test suite on a backend of ours.
 *
 * ```sh
 * deno task conformance [--backend tensorflow|wasm|webgpu|cpu] [--filter TEXT]
 * ```
 *
 * Exit codes: 0 all passed · 1 a spec failed that is not on the list of specs to
 * leave out (`ignored.ts`), or none ran, or the backend did not start · 2 bad usage.
 *
 * @module
 */
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import {
  type BackendName,
  backendNames,
  initialize,
} from "../../lib/runtime/initialize.ts";
import { randomStream } from "../../lib/random/stream.ts";
import { ignoredSpecs } from "./ignored.ts";
import { loadSuite } from "./suite.ts";
import { collectResults, type JasmineEnvironment } from "./results.ts";

/** Ends the program with one line. */
function giveUp(error: unknown, exitCode: number): never {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(exitCode);
}

function readArguments(): { backend: BackendName; filter: string } {
  try {
    const { values: { backend, filter } } = parseArgs({
      options: {
        backend: { type: "string", default: "tensorflow" },
        filter: { type: "string", default: "" },
      },
    });
    const known = backendNames.find((name) => name === backend);
    if (known) return { backend: known, filter };
    throw new RangeError(
      `--backend must be ${backendNames.join(", ")}, got ${backend}`,
    );
  } catch (error) {
    giveUp(error, 2);
  }
}

const { backend, filter } = readArguments();
const { version } = await initialize({ backend })
  .catch((error: unknown) => giveUp(error, 1));
console.log(`TensorFlow.js core's test suite on ${backend} ${version}`);

const jasmineCore = createRequire(import.meta.url)("jasmine-core");
const environment: JasmineEnvironment = jasmineCore.boot(jasmineCore).getEnv();
const ignored = ignoredSpecs(backend);
environment.configure({
  random: false,
  specFilter: (spec) =>
    spec.getFullName().includes(filter) &&
    !ignored.some((part) => spec.getFullName().includes(part)),
});

// Specs that draw numbers draw the same each time.
const random = randomStream(1);
Math.random = () => random.uniform();

const suite = await loadSuite();
suite.setTestEnvs([{
  name: "test-tensorflow", // the name that tfjs-node's list knows
  backendName: backend,
  flags: {},
  isDataSync: backend !== "webgpu",
}]);
suite.register();

const { failures, passed, skipped } = await collectResults(environment);
for (const { name, message } of failures) {
  console.log(`\n✗ ${name}\n${message}`);
}
console.log(
  `\n${passed} passed, ${failures.length} failed, ${skipped} skipped`,
);
Deno.exit(passed > 0 && failures.length === 0 ? 0 : 1);
