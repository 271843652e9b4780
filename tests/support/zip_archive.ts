import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

/** A file to put in an archive; what is given beside its bytes is a lie. */
export interface ZipContent {
  name: string;
  bytes: Uint8Array;
  stored?: boolean;
  size?: number;
  crc32?: number;
  method?: number;
  flags?: number;
  zip64?: boolean;
}

/** Packs files into an archive, without sparing malformed ones. */
export function zipArchive(
  files: ZipContent[],
  { comment = "", zip64 = false }: { comment?: string; zip64?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const out: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const push = (list: Uint8Array[], bytes: Uint8Array): number => {
    list.push(bytes);
    return bytes.length;
  };
  for (const file of files) {
    const name = new TextEncoder().encode(file.name);
    const packed = file.stored ? file.bytes : deflateRawSync(file.bytes);
    const size = file.size ?? file.bytes.length;
    const common = [
      [2, file.flags ?? 0],
      [2, file.method ?? (file.stored ? 0 : 8)],
      [4, 0x210000],
      [4, file.crc32 ?? crc32(file.bytes)],
    ] as Field[];
    const sizes: Field[] = file.zip64
      ? [[4, 0xffffffff], [4, 0xffffffff]]
      : [[4, packed.length], [4, size]];
    const offset = at;
    const lengths: Field[] = [[2, name.length], [2, 0]];
    at += push(
      out,
      record([[4, 0x04034b50], [2, 20], ...common, ...sizes, ...lengths]),
    );
    at += push(out, name) + push(out, packed);
    const extra = file.zip64
      ? record([[2, 9], [2, 1], [1, 0], [2, 1], [2, 24], [8, size], [
        8,
        packed.length,
      ], [8, offset]])
      : new Uint8Array();
    push(
      directory,
      record([
        [4, 0x02014b50],
        [2, 20],
        [2, 20],
        ...common,
        ...sizes,
        [2, name.length],
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, file.zip64 ? 0xffffffff : offset],
      ]),
    );
    directory.push(name, extra);
  }
  const start = at;
  for (const bytes of directory) at += push(out, bytes);
  const end = at;
  const count = files.length;
  if (zip64) {
    const fields: Field[] = [[8, count], [8, count], [8, end - start], [
      8,
      start,
    ]];
    push(
      out,
      record([
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        ...fields,
      ]),
    );
    push(out, record([[4, 0x07064b50], [4, 0], [8, end], [4, 1]]));
  }
  const text = new TextEncoder().encode(comment);
  const counts: Field[] = zip64
    ? [[2, 0xffff], [2, 0xffff], [4, 0xffffffff], [4, 0xffffffff]]
    : [[2, count], [2, count], [4, end - start], [4, start]];
  push(
    out,
    record([[4, 0x06054b50], [2, 0], [2, 0], ...counts, [2, text.length]]),
  );
  out.push(text);
  return new Uint8Array(Buffer.concat(out));
}

/** A little-endian number: its bytes, its value. */
type Field = [bytes: 1 | 2 | 4 | 8, value: number];

function record(fields: Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [n]) => sum + n, 0));
  let at = 0;
  for (const [n, value] of fields) {
    for (let i = 0, rest = value; i < n; i++, rest = Math.floor(rest / 256)) {
      bytes[at++] = rest % 256;
    }
  }
  return bytes;
}
