/**
 * The font that static images are measured with and drawn with: DejaVu Sans,
 * which has Greek and mathematics and is as wide as any that an SVG may meet,
 * so that no text is cut where another font stands in for it.
 *
 * @module
 */
import { type Font, readFont } from "./font.ts";

/** The bytes of the regular and the bold font. */
export interface FontFiles {
  /** Weight 400. */
  regular: Uint8Array;
  /** Weight 700. */
  bold: Uint8Array;
}

let files: Promise<FontFiles> | undefined;

/** The font files, read once. */
export function fontFiles(): Promise<FontFiles> {
  files ??= (async () => ({
    regular: await read("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    bold: await read("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
  }))();
  return files;
}

/** The metrics of the two fonts. */
export async function figureFonts(): Promise<{ regular: Font; bold: Font }> {
  const { regular, bold } = await fontFiles();
  return { regular: readFont(regular), bold: readFont(bold) };
}

/** A file of a package, by the name that the import map knows. */
function read(name: string): Promise<Uint8Array> {
  return Deno.readFile(new URL(import.meta.resolve(name)));
}
