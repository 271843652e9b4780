/**
 * The texts beside groups and data sets.
 *
 * @module
 */
import type { FileBytes } from "./file_bytes.ts";
import { readHeapText, readShape, readType } from "./values.ts";

/** An attribute whose value is not read yet. */
export interface Attribute {
  /** Its name. */
  name: string;
  /** Where type, shape and value are. */
  type: number;
  shape: number;
  value: number;
}

/** The most texts of one attribute. */
const MOST_TEXTS = 100_000;

/**
 * Reads an attribute but for its value.
 *
 * @param at Where the attribute message is.
 * @throws {SyntaxError} If it is damaged.
 *
 * Reference: HDF5 File Format Specification 3.0, section IV.A.2.m.
 */
export function readAttribute(file: FileBytes, at: number): Attribute {
  const version = file.u8(at);
  if (version < 1 || version > 3) {
    throw new SyntaxError(
      "is a damaged HDF5 file: an attribute makes no sense",
    );
  }
  // In version 1 all parts are padded to eight bytes.
  const padded = (size: number) =>
    version === 1 ? Math.ceil(size / 8) * 8 : size;
  const [nameSize, typeSize, shapeSize] = [2, 4, 6].map((i) =>
    file.u16(at + i)
  );
  const start = at + (version === 3 ? 9 : 8);
  const type = start + padded(nameSize!);
  const shape = type + padded(typeSize!);
  return {
    name: file.text(start, nameSize!),
    type,
    shape,
    value: shape + padded(shapeSize!),
  };
}

/**
 * The texts that an attribute holds.
 *
 * @throws {SyntaxError} If it holds something else, or is damaged.
 */
export function readTexts(file: FileBytes, attribute: Attribute): string[] {
  const shape = readShape(file, attribute.shape);
  const size = shape.reduce((product, n) => product * n, 1);
  if (size === 0) return [];
  const { kind, width } = readType(file, attribute.type);
  if (!(size <= MOST_TEXTS) || width === 0) {
    throw new SyntaxError(
      `is a damaged HDF5 file: ${attribute.name} is said to have ${size} texts`,
    );
  }
  file.slice(attribute.value, size * width);
  const places = Array.from(
    { length: size },
    (_, i) => attribute.value + i * width,
  );
  if (kind === "textElsewhere") {
    return places.map((at) => readHeapText(file, at));
  }
  if (kind === "text") return places.map((at) => file.text(at, width));
  throw new SyntaxError(`has an attribute ${attribute.name} that is no text`);
}
