/**
 * How wide text is, read from a TrueType font.
 *
 * @module
 */

/** What is known of a font, in units of the font size. */
export interface Font {
  /** From the baseline to the top of a line. */
  ascent: number;
  /** From the baseline to the bottom of a line, positive. */
  descent: number;
  /** The width of a text on one line, without kerning. */
  width(text: string): number;
}

/**
 * Reads the metrics of a TrueType font: the advance width of each glyph
 * (`hmtx`) and which character it stands for (`cmap`, format 4: the Unicode
 * characters below 65,536; others count as the missing glyph).
 *
 * @param bytes The font file.
 *
 * @throws {SyntaxError} If the file lacks a table that is needed.
 */
export function readFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = tableOffsets(view);
  const unitsPerEm = view.getUint16(table("head") + 18);
  const horizontal = table("hhea");
  const metrics = view.getUint16(horizontal + 34);
  const advances = table("hmtx");
  const glyphOf = characterMap(view, table("cmap"));
  const advance = (character: number) => {
    const glyph = Math.min(glyphOf(character), metrics - 1);
    return view.getUint16(advances + 4 * glyph) / unitsPerEm;
  };
  return {
    ascent: view.getInt16(horizontal + 4) / unitsPerEm,
    descent: -view.getInt16(horizontal + 6) / unitsPerEm,
    width: (text) => {
      let sum = 0;
      for (const character of text) sum += advance(character.codePointAt(0)!);
      return sum;
    },
  };
}

/** Finds the tables of a font by their four-letter names. */
function tableOffsets(view: DataView): (name: string) => number {
  const offsets = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const record = 12 + 16 * index;
    const name = [0, 1, 2, 3]
      .map((at) => String.fromCharCode(view.getUint8(record + at)))
      .join("");
    offsets.set(name, view.getUint32(record + 8));
  }
  return (name) => {
    const offset = offsets.get(name);
    if (offset === undefined) {
      throw new SyntaxError(`the font must have a ${name} table, it has none`);
    }
    return offset;
  };
}

/** From character to glyph by the first subtable of format 4; 0 is missing. */
function characterMap(
  view: DataView,
  table: number,
): (character: number) => number {
  const subtables = Array.from(
    { length: view.getUint16(table + 2) },
    (_, index) => table + view.getUint32(table + 4 + 8 * index + 4),
  );
  const start = subtables.find((offset) => view.getUint16(offset) === 4);
  if (start === undefined) {
    throw new SyntaxError("the font must have a character map of format 4");
  }
  const segments = view.getUint16(start + 6) / 2;
  const ends = start + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const ranges = deltas + 2 * segments;
  return (character) => {
    for (let segment = 0; segment < segments; segment++) {
      if (character > view.getUint16(ends + 2 * segment)) continue;
      const first = view.getUint16(starts + 2 * segment);
      if (character < first) return 0;
      const delta = view.getUint16(deltas + 2 * segment);
      const range = view.getUint16(ranges + 2 * segment);
      if (range === 0) return (character + delta) % 65536;
      const glyph = view.getUint16(
        ranges + 2 * segment + range + 2 * (character - first),
      );
      return glyph === 0 ? 0 : (glyph + delta) % 65536;
    }
    return 0;
  };
}
