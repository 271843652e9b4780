/**
 * The program that Jupyter starts: Slope's kernel, around Deno's.
 *
 * Usage: deno run … lib/kernel/launcher/main.ts CONNECTION_FILE
 *
 * @module
 */
import { launch } from "./launch.ts";

const [path] = Deno.args;
if (path === undefined) {
  console.error("Slope's kernel: Jupyter starts this, with a connection file");
  Deno.exit(2);
}
try {
  Deno.exit(await launch(path));
} catch (error) {
  console.error(
    `Slope's kernel: ${error instanceof Error ? error.message : error}`,
  );
  Deno.exit(1);
}
