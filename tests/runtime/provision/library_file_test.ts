import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { findProvisioned } from "../../../lib/runtime/provision/mod.ts";
import { processorOf } from "../../../lib/runtime/provision/machine.ts";
import { environmentOf } from "../../support/environment_of.ts";
import { withFolder } from "../../support/with_folder.ts";

const machines = { x86_64: 62, aarch64: 183, riscv: 243 };

/** The first bytes of a 64-bit ELF library. */
function elf(machine: keyof typeof machines): Uint8Array {
  const header = new Uint8Array(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header[18] = machines[machine];
  return header;
}

const here = elf(Deno.build.arch);
const elsewhere = Deno.build.arch === "x86_64" ? "aarch64" : "x86_64";

function find(path: string) {
  return findProvisioned({
    environment: environmentOf({ SLOPE_LIBTENSORFLOW: path }),
  });
}

Deno.test("SLOPE_LIBTENSORFLOW may name a file, a folder, a Python or a C package", () =>
  withFolder(async (folder) => {
    for (
      const [place, name] of [
        [".", "libtensorflow_cc.so.2"],
        ["tensorflow", "libtensorflow_cc.so.2"],
        ["lib", "libtensorflow.so.2"],
        ["tensorflow", "libtensorflow_cc.2.dylib"],
      ] as const
    ) {
      const root = `${folder}/${name}-${place}`;
      const directory = place === "." ? root : `${root}/${place}`;
      await Deno.mkdir(directory, { recursive: true });
      const library = `${directory}/${name}`;
      const framework = `${directory}/${
        name.replace(/tensorflow(_cc)?/, "tensorflow_framework")
      }`;
      await Deno.writeFile(library, here);
      await Deno.writeFile(framework, here);
      const expected = { directory, library, framework, version: "unknown" };
      deepStrictEqual(await find(root), expected);
      deepStrictEqual(await find(library), expected);
    }
  }));

Deno.test("SLOPE_LIBTENSORFLOW that cannot be used gives one clear line", () =>
  withFolder(async (folder) => {
    const library = `${folder}/libtensorflow_cc.so.2`;
    const advice = "; name a folder or file of libtensorflow, or unset it";
    const expect = (message: string) =>
      rejects(find(folder), {
        name: "ProvisionError",
        message: `SLOPE_LIBTENSORFLOW: ${message}${advice}`,
      });
    await expect(`there is no libtensorflow_cc.so.2 in ${folder}`);
    await Deno.writeTextFile(library, "#!/bin/sh\necho not a library\n");
    await expect(`${library} is not a 64-bit shared library`);
    await Deno.writeFile(library, elf(elsewhere));
    await expect(
      `${library} was built for ${elsewhere}, this machine is ${Deno.build.arch}`,
    );
    await Deno.writeFile(library, elf("riscv"));
    await expect(
      `${library} was built for another processor, this machine is ${Deno.build.arch}`,
    );
    const cutShort = elf(Deno.build.arch);
    cutShort[0x29] = 0x10; // section headers from byte 4,096 on
    await Deno.writeFile(library, cutShort);
    await expect(`${library} is cut short: it has 64 bytes of at least 4096`);
    await Deno.writeFile(library, here);
    await expect(`libtensorflow_framework.so.2 is missing beside ${library}`);
    const framework = `${folder}/libtensorflow_framework.so.2`;
    await Deno.writeFile(framework, cutShort);
    await expect(`${framework} is cut short: it has 64 bytes of at least 4096`);
  }));

Deno.test("processorOf() knows ELF and Mach-O", () => {
  strictEqual(processorOf(elf("x86_64")), "x86_64");
  strictEqual(processorOf(elf("aarch64")), "aarch64");
  strictEqual(processorOf(elf("riscv")), "other");
  const machO = new Uint8Array(32);
  machO.set([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1]);
  strictEqual(processorOf(machO), "aarch64");
  machO[4] = 7;
  strictEqual(processorOf(machO), "x86_64");
  const elf32 = elf("x86_64");
  elf32[4] = 1;
  strictEqual(processorOf(elf32), "other");
  strictEqual(processorOf(new Uint8Array(64)), undefined);
  strictEqual(processorOf(new Uint8Array(3)), undefined);
});
