import manifest from "./manifest.json" with { type: "json" };

/** A Python wheel, pinned, and what of it is needed. */
export interface Wheel {
  /** The project's name on the package index. */
  project: string;
  /** Its version. */
  version: string;
  /** The wheel's file name. */
  filename: string;
  /** The wheel's size. */
  bytes: number;
  /** The wheel's SHA-256, in lower-case hexadecimal digits. */
  sha256: string;
  /** The files to unpack, and their sizes. */
  files: { path: string; bytes: number }[];
}

/** What makes up libtensorflow on one kind of machine. */
export interface Platform {
  /** The file to load, among those of the wheels. */
  library: string;
  /** The file that it depends on. */
  framework: string;
  /** The wheels to fetch. */
  wheels: Wheel[];
}

/** The pinned version of libtensorflow, for each kind of machine. */
export interface Manifest {
  /** TensorFlow's version. */
  version: string;
  /** By operating system, processor and variant, as in `linux-x86_64-cpu`. */
  platforms: Record<string, Platform>;
}

/** What Slope fetches; `pin.ts` writes it. */
export const pinned: Manifest = manifest;
