/**
 * TensorFlow.js core's own test suite, made loadable.
 *
 * @module
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { build, type Plugin, stop } from "esbuild";

const require = createRequire(import.meta.url);

/** A backend, as the suite knows it. */
export interface TestEnvironment {
  name: string;
  backendName: string;
  flags: Record<string, never>;
  /** Whether `dataSync` works. */
  isDataSync: boolean;
}

/** The suite. Jasmine's globals must be there before it is registered. */
export interface Suite {
  /** Says which backend the specs are for. Call it before `register`. */
  setTestEnvs(environments: readonly TestEnvironment[]): void;
  /** Declares all specs to Jasmine. */
  register(): void;
}

/**
 * Keeps the package's entry point out of the bundle, so that specs call the very
 * module that backends are registered with (and that every program uses), not a
 * second copy of it. Other modules of the package are private and do get bundled;
 * engine, kernels, gradients and flags are global to the process, hence shared.
 */
function onePackage(folder: string, entryPoint: string): Plugin {
  const inner = { pluginData: "resolve as usual" };
  return {
    name: "one-package",
    setup(build): void {
      build.onResolve({ filter: /(^|\/)(index|\.\.?)$/ }, async (args) => {
        if (args.pluginData === inner.pluginData) return undefined;
        const { path, resolveDir, kind, importer } = args;
        const found = await build.resolve(path, {
          resolveDir,
          kind,
          importer,
          ...inner,
        });
        return found.path === join(folder, "index.js")
          ? { path: entryPoint, external: true }
          : found;
      });
    },
  };
}

/**
 * Bundles the suite in memory and loads it.
 *
 * The npm package ships it as ES modules under a package.json that says CommonJS,
 * and with extensionless imports, so no runtime loads it as it is.
 */
export async function loadSuite(): Promise<Suite> {
  const entryPoint = require.resolve("@tensorflow/tfjs-core");
  const folder = dirname(entryPoint);
  const { outputFiles } = await build({
    stdin: {
      contents: `export { setTestEnvs } from "./jasmine_util";
                 export const register = () => require("./tests");`,
      resolveDir: folder,
    },
    plugins: [onePackage(folder, entryPoint)],
    external: ["jasmine-core/*"],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    // The package declares its test files free of side effects; they are nothing else.
    ignoreAnnotations: true,
    logLevel: "error",
  });
  await stop();
  const module = { exports: {} as Suite };
  new Script(`(function (require, module) {${outputFiles[0]!.text}\n})`, {
    filename: "tfjs-core-tests.cjs",
  }).runInThisContext()(require, module);
  return module.exports;
}
