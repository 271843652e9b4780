/**
 * Errors of cells, told in the user's terms.
 *
 * @module
 */

/** Where things are. */
export interface Places {
  /** The URL of Slope's folder, with a slash at its end. */
  checkout: string;
  /** The URL of the notebook's folder, with a slash at its end. */
  folder: string;
  /** The URL of the folder of links by which edited modules are loaded again. */
  links: string;
  /** The line of the cell, and its number, that a place of compiled code comes from. */
  cellLine?(place: { line: number; column: number }):
    | { number: number; text: string }
    | undefined;
}

/** One call of a stack. */
interface Call {
  name: string;
  url: string;
  line: number;
  column: number;
}

/** Places that say nothing to a user: Deno's own, Node's, packages'. */
const INTERNAL = /^(ext|node|npm|deno|wasm):|\/node_modules\/|\/npm\//;

/**
 * The stack of an error, as a user needs it: the sentence; the places in the user's
 * own code; of Slope's own code no more than where the error was thrown.
 *
 * @param sentence The error's name and message.
 * @param stack Its stack, with or without the sentence.
 * @param places Where things are.
 * @returns The sentence and the places, one a line.
 */
export function shortenTraceback(
  sentence: string,
  stack: readonly string[],
  places: Places,
): string[] {
  const calls = stack.map(parseCall).filter((call) => call !== undefined)
    .map((call) => ({ ...call, url: withoutLinks(call.url, places) }))
    .filter(({ url }) => !INTERNAL.test(url));
  const isOurs = ({ url }: Call) =>
    url.startsWith(`${places.checkout}lib/`) ||
    url === `${places.checkout}mod.ts`;
  const lastInCell = calls.findLastIndex(({ url }) => url === "<anonymous>");
  const lines = calls.flatMap((call, index) => {
    if (isOurs(call)) return [];
    if (call.url !== "<anonymous>") return [describe(call, places)];
    if (index !== lastInCell) return call.name ? [`    in ${call.name}`] : [];
    const line = places.cellLine?.(call);
    const within = call.name ? ` (${call.name})` : "";
    return line
      ? [`    at line ${line.number} of the cell${within}: ${line.text}`]
      : call.name
      ? [`    in ${call.name}`]
      : [];
  });
  const [thrown] = calls;
  if (thrown && isOurs(thrown)) {
    lines.push(`    thrown in ${describe(thrown, places).trim().slice(3)}`);
  }
  return [sentence, ...lines];
}

/** A line of V8's stack, if it names a place. */
function parseCall(line: string): Call | undefined {
  const match = /^\s+at (?:async )?(?:(.+?) \()?(\S.*?):(\d+):(\d+)\)?$/.exec(
    line,
  );
  if (!match) return undefined;
  const [, name = "", url, row, column] = match;
  return { name, url: url!, line: Number(row), column: Number(column) };
}

/** The URL of the file itself, for one that was loaded by a link. */
function withoutLinks(url: string, { links, checkout }: Places): string {
  if (!url.startsWith(links)) return url;
  const [, kind, rest = ""] =
    /^(slope|local)\/\d+\/(.*)$/.exec(url.slice(links.length)) ?? [];
  return kind === "slope" ? checkout + rest : `file:///${rest}`;
}

function describe({ name, url, line, column }: Call, places: Places): string {
  const path = url.startsWith(places.folder)
    ? `./${url.slice(places.folder.length)}`
    : url.startsWith(places.checkout)
    ? url.slice(places.checkout.length)
    : url;
  const place = `${decode(path)}:${line}:${column}`;
  return `    at ${name ? `${name} (${place})` : place}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
