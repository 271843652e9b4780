/**
 * The gallery: a page with every kind of schedule, its formula, where it comes
 * from, its options and its curve.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import { renderSvg } from "../figures/render_svg.ts";
import { parseSchedule } from "../schedules/mod.ts";
import { scheduleFigure } from "./schedule_figure.ts";
import { type ListedKind, listKinds, optionText } from "./schedule_list.ts";

/** The file that defines a kind, by the kind's name. */
function fileOf(kind: string): string {
  const name = kind.replaceAll(/[A-Z]/g, (letter) => `_${letter}`);
  return `${name.toLowerCase()}.ts`;
}

/** A paragraph of a file's documentation, such as that after `Reference:`. */
function paragraph(source: string, start: string): string | undefined {
  const lines = source.split("\n").map((line) => line.replace(/^ \* ?/, ""));
  const first = lines.findIndex((line) => line.startsWith(start));
  if (first < 0) return undefined;
  const length = lines.slice(first).findIndex((line) =>
    line === "" || line === "/"
  );
  return lines.slice(first, first + length).join(" ");
}

/** The part of the page about one kind. */
async function section(
  { kind, summary, formula, options, example }: ListedKind,
): Promise<string> {
  const file = fileOf(kind);
  const source = await Deno.readTextFile(
    new URL(`../schedules/${file}`, import.meta.url),
  );
  const notes = ["Reference:", "Differs from"]
    .map((start) => paragraph(source, start))
    .filter((text) => text !== undefined);
  const rows = Object.entries(options).map(([name, option]) =>
    `- \`${name}\`: ${optionText(option)}`
  );
  return `## ${kind}

${summary}

\`\`\`text
${formula}
\`\`\`

<img src="schedules/${kind}.svg" width="400" alt="${kind} over the step">

${rows.join("\n")}

${notes.map((note) => `${note}\n\n`).join("")}\
\`${JSON.stringify(example)}\` ([source](../lib/schedules/${file}))
`;
}

/** The text of the page. */
export async function galleryPage(): Promise<string> {
  const listed = listKinds();
  const contents = listed.map(({ kind }) =>
    `[${kind}](#${kind.toLowerCase()})`
  );
  const sections = await Promise.all(listed.map(section));
  return `# Schedules

Every kind of schedule: formula, curve, options, source, and the spec of the curve.
In a spec a length in steps may also be given as \`{ "epochs": n }\` or
\`{ "fraction": n }\` of the budget. Written by \`deno task schedule gallery\`.

${contents.join(" · ")}

${sections.join("\n")}`;
}

/** The curve of a kind, as SVG. */
export function gallerySvg({ kind, example }: ListedKind): Promise<string> {
  const schedule = parseSchedule(example);
  const figure = scheduleFigure([{ name: kind, schedule }], {
    end: schedule.steps!,
    title: kind,
    most: 200,
  });
  return renderSvg(figure, { width: 400, height: 240 });
}

/**
 * Writes the page and its curves.
 *
 * @param directory The folder: `schedules.md`, and `schedules/KIND.svg`.
 * @returns The path of the page.
 */
export async function writeGallery(directory: string): Promise<string> {
  await Deno.mkdir(join(directory, "schedules"), { recursive: true });
  for (const listed of listKinds()) {
    const path = join(directory, "schedules", `${listed.kind}.svg`);
    await writeWhole(path, await gallerySvg(listed));
  }
  const page = join(directory, "schedules.md");
  await writeWhole(page, await galleryPage());
  return page;
}
