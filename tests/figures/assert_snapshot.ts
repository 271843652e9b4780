/**
 * Compares text with a committed file.
 *
 * `SLOPE_UPDATE_SNAPSHOTS=1 deno task test` writes the files anew; a test that
 * fails leaves what it got beside the file, as `*.actual.*`.
 */
import { fail } from "node:assert";

/** Fails unless the SVG, one element a line, is the snapshot of that name. */
export async function assertSnapshot(
  name: string,
  svg: string,
): Promise<void> {
  // Not within texts, where a line feed would be a space.
  const actual = svg.replaceAll(
    /><(?=\/?(?:g|path|rect|text|title|desc|defs|clipPath|svg)\b)/g,
    ">\n<",
  ) + "\n";
  const folder = new URL("./snapshots/", import.meta.url);
  const file = new URL(name, folder);
  if (Deno.env.get("SLOPE_UPDATE_SNAPSHOTS") === "1") {
    await Deno.writeTextFile(file, actual);
    return;
  }
  const expected = await Deno.readTextFile(file).catch(() => "");
  const aside = new URL(name.replace(/(\.\w+)$/, ".actual$1"), folder);
  if (actual === expected) {
    await Deno.remove(aside).catch(() => {});
    return;
  }
  await Deno.writeTextFile(aside, actual);
  fail(
    `${name} differs from its snapshot: look at ${aside.pathname}, then ` +
      "accept it with SLOPE_UPDATE_SNAPSHOTS=1",
  );
}
