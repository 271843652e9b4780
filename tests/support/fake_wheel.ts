import { createHash } from "node:crypto";
import type { Manifest, Wheel } from "../../lib/runtime/provision/mod.ts";
import { type ByteServer, type Faults, serveBytes } from "./serve_bytes.ts";
import { zipArchive } from "./zip_archive.ts";

const library = "tensorflow/libtensorflow_cc.so.2";
const framework = "tensorflow/libtensorflow_framework.so.2";

/** The key of this machine in a manifest. */
export const machine = `${Deno.build.os}-${Deno.build.arch}`;

/** A wheel small enough for tests, and its archive. */
export interface FakeWheel {
  wheel: Wheel;
  archive: Uint8Array<ArrayBuffer>;
}

/** Packs a wheel as pip wants it, whose needed files are `paths`. */
export function fakeWheel(
  project: string,
  paths: string[] = [framework, library],
  size = 200_000,
): FakeWheel {
  const name = project.replaceAll("-", "_");
  const info = `${name}-1.0.dist-info`;
  const text = (path: string, content: string) => ({
    name: `${info}/${path}`,
    bytes: new TextEncoder().encode(content),
  });
  const files = paths.map((path, i) => ({
    name: path,
    bytes: noise(size + i),
  }));
  const archive = zipArchive([
    { name: "tensorflow/not_needed.py", bytes: noise(1000) },
    ...files,
    text("METADATA", `Metadata-Version: 2.1\nName: ${project}\nVersion: 1.0\n`),
    text(
      "WHEEL",
      "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n",
    ),
    text("RECORD", ""),
  ]);
  return {
    archive,
    wheel: {
      project,
      version: "1.0",
      filename: `${name}-1.0-py3-none-any.whl`,
      bytes: archive.length,
      sha256: createHash("sha256").update(archive).digest("hex"),
      files: files.map(({ name, bytes }) => ({
        path: name,
        bytes: bytes.length,
      })),
    },
  };
}

/** A manifest of these wheels for this machine. */
export function manifestOf(wheels: FakeWheel[], variant = "cpu"): Manifest {
  return {
    version: "1.0",
    platforms: {
      [`${machine}-${variant}`]: {
        library,
        framework,
        wheels: wheels.map(({ wheel }) => wheel),
      },
    },
  };
}

/** A package index of these wheels under `/simple`. */
export function serveIndex(
  wheels: FakeWheel[],
  { html = false, hashes = true, ...faults }: Faults & {
    html?: boolean;
    hashes?: boolean;
  } = {},
): ByteServer {
  const files: Parameters<typeof serveBytes>[0] = {};
  for (const { wheel, archive } of wheels) {
    const { filename, sha256 } = wheel;
    files[`/files/${filename}`] = archive;
    const url = `../../files/${filename}`;
    const page = html
      ? `<!DOCTYPE html><body><a href="${url}${
        hashes ? `#sha256=${sha256}` : ""
      }">${filename}</a></body>`
      : JSON.stringify({
        meta: { "api-version": "1.0" },
        name: wheel.project,
        files: [{ filename, url, hashes: hashes ? { sha256 } : {} }],
      });
    const type = html ? "text/html" : "application/vnd.pypi.simple.v1+json";
    files[`/simple/${wheel.project}/`] = { type, text: page };
  }
  return serveBytes(files, faults);
}

/** Bytes that deflate cannot make smaller, the same each time. */
function noise(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = size;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
