/**
 * Writes `manifest.json`: looks up each wheel on the Python Package Index and
 * reads from its directory, by HTTP ranges, which files are to be unpacked.
 *
 *     deno run --allow-net --allow-write=lib/runtime/provision lib/runtime/provision/pin.ts
 *
 * @module
 */
import { readDirectory, type ZipSource } from "../../zip/mod.ts";
import type { Manifest, Platform, Wheel } from "./manifest.ts";

const version = "2.21.0";

/** What `pip install tensorflow[and-cuda]==2.21.0` chose on 2026-11-23. */
const nvidia = {
  "nvidia-cublas-cu12": "12.9.3.13",
  "nvidia-cuda-cupti-cu12": "12.9.79",
  "nvidia-cuda-nvcc-cu12": "12.9.86",
  "nvidia-cuda-nvrtc-cu12": "12.9.86",
  "nvidia-cuda-runtime-cu12": "12.9.79",
  "nvidia-cudnn-cu12": "9.28.0.42",
  "nvidia-cufft-cu12": "11.4.1.4",
  "nvidia-curand-cu12": "10.3.10.19",
  "nvidia-cusolver-cu12": "11.7.5.82",
  "nvidia-cusparse-cu12": "12.5.10.65",
  "nvidia-nccl-cu12": "2.32.3",
  "nvidia-nvjitlink-cu12": "12.9.86",
};

/**
 * The files that are needed: TensorFlow's two libraries; NVIDIA's shared ones;
 * and of its compiler what XLA calls, `ptxas`, `nvlink` and libdevice.
 */
const needed = [
  /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/,
  /^nvidia\/[^/]+\/lib\/[^/]+\.so(\.\d+)*$/,
  /^nvidia\/cuda_nvcc\/bin\/(ptxas|nvlink)$/,
  /^nvidia\/cuda_nvcc\/nvvm\/libdevice\/libdevice\.10\.bc$/,
];

/** Of NVIDIA's shared libraries, those that TensorFlow never loads. */
const needless = /\/lib(nvblas|cufftw|cusolverMg|[^/]*\.alt)\.so/;

interface IndexFile {
  filename: string;
  url: string;
  size: number;
  hashes: { sha256: string };
}

async function pin(
  project: string,
  version: string,
  fits: RegExp,
): Promise<Wheel> {
  const response = await fetch(`https://pypi.org/simple/${project}/`, {
    headers: { accept: "application/vnd.pypi.simple.v1+json" },
  });
  const { files } = await response.json() as { files: IndexFile[] };
  const prefix = `${project.replaceAll("-", "_")}-${version}-`;
  const found = files.filter((file) =>
    file.filename.startsWith(prefix) && fits.test(file.filename)
  );
  if (found.length !== 1) {
    throw new Error(`${found.length} wheels of ${project} ${version} fit`);
  }
  const [{ filename, url, size, hashes }] = found as [IndexFile];
  const entries = await readDirectory(remote(filename, url, size));
  return {
    project,
    version,
    filename,
    bytes: size,
    sha256: hashes.sha256,
    files: entries
      .filter(({ name }) => needed.some((pattern) => pattern.test(name)))
      .filter(({ name }) => !needless.test(name))
      .map(({ name, size }) => ({ path: name, bytes: size })),
  };
}

function remote(name: string, url: string, size: number): ZipSource {
  return {
    name,
    size,
    async read(offset, length) {
      const range = `bytes=${offset}-${offset + length - 1}`;
      const response = await fetch(url, { headers: { range } });
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

async function platform(
  library: string,
  framework: string,
  wheels: Promise<Wheel>[],
): Promise<Platform> {
  return { library, framework, wheels: await Promise.all(wheels) };
}

if (import.meta.main) {
  const elf = [
    "tensorflow/libtensorflow_cc.so.2",
    "tensorflow/libtensorflow_framework.so.2",
  ] as const;
  const macho = [
    "tensorflow/libtensorflow_cc.2.dylib",
    "tensorflow/libtensorflow_framework.2.dylib",
  ] as const;
  const linux = /-cp311-manylinux_\w+_x86_64\.whl$/;
  const manifest: Manifest = {
    version,
    platforms: {
      "linux-x86_64-cpu": await platform(...elf, [
        pin("tensorflow-cpu", version, linux),
      ]),
      "linux-x86_64-gpu": await platform(...elf, [
        pin("tensorflow", version, linux),
        ...Object.entries(nvidia).map(([project, version]) =>
          pin(project, version, /x86_64\.whl$/)
        ),
      ]),
      "linux-aarch64-cpu": await platform(...elf, [
        pin("tensorflow", version, /-cp311-manylinux_\w+_aarch64\.whl$/),
      ]),
      "darwin-aarch64-cpu": await platform(...macho, [
        pin("tensorflow", version, /-cp311-macosx_\w+_arm64\.whl$/),
      ]),
    },
  };
  await Deno.writeTextFile(
    new URL("manifest.json", import.meta.url),
    JSON.stringify(manifest, null, 2) + "\n",
  );
}
