/**
 * Collects garbage now, and lets finalisers run. Tests are run with
 * `--v8-flags=--expose-gc` (`deno task test` does).
 */
export async function collectGarbage(): Promise<void> {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) {
    throw new Error("Run the tests by deno task test: it exposes gc()");
  }
  for (let i = 0; i < 3; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
