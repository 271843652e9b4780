import { deepStrictEqual, rejects, throws } from "node:assert";
import { decodeNpy } from "../../lib/numpy/npy.ts";
import { openNpz } from "../../lib/numpy/npz.ts";
import { bytesSource, encodeZip } from "../../lib/zip/mod.ts";
import { npy } from "../support/npy.ts";

Deno.test("types are read as numbers", () => {
  const cases = [
    ["<f4", new Float32Array([1.5, -2])],
    ["<f8", new Float64Array([0.1, 1e300])],
    ["<i4", new Int32Array([-1, 7])],
    ["|u1", new Uint8Array([0, 255])],
    ["<i2", new Int16Array([-3, 3])],
  ] as const;
  for (const [type, values] of cases) {
    deepStrictEqual(decodeNpy(npy(type, [2], values)), { shape: [2], values });
  }
  deepStrictEqual(
    decodeNpy(npy("<i8", [2], BigInt64Array.of(-5n, 2n ** 53n - 1n))).values,
    Float64Array.of(-5, 2 ** 53 - 1),
  );
  deepStrictEqual(
    decodeNpy(npy("<f2", [1], Uint16Array.of(0x3e00))).values,
    Float32Array.of(1.5),
  );
});

Deno.test("a single number and an empty array have their shapes", () => {
  deepStrictEqual(decodeNpy(npy("<f4", [], Float32Array.of(3))).shape, []);
  deepStrictEqual(decodeNpy(npy("<f4", [0, 3], new Float32Array())).shape, [
    0,
    3,
  ]);
});

Deno.test("what is no array of numbers is refused with the reason", () => {
  throws(() => decodeNpy(new Uint8Array(20)), /is not a \.npy array/);
  throws(
    () => decodeNpy(npy("|O", [1], new Uint8Array(30))),
    /Python objects \(a pickle\)/,
  );
  throws(
    () => decodeNpy(npy("<f4", [3], Float32Array.of(1, 2))),
    /shape \[3\] of type <f4, but it has 8 bytes/,
  );
  throws(
    () => decodeNpy(npy("<f4", [2 ** 31, 2 ** 31], Float32Array.of(1))),
    /but it has 4 bytes/,
  );
  throws(
    () => decodeNpy(npy("<f4", [2, 1], Float32Array.of(1, 2), "True")),
    /Fortran/,
  );
  throws(
    () => decodeNpy(npy(">f4", [1], Float32Array.of(1))),
    /values of type ">f4"/,
  );
  throws(
    () => decodeNpy(npy("<i8", [1], BigInt64Array.of(2n ** 60n))),
    /too large/,
  );
});

Deno.test("arrays of an archive are read by name, within the limit", async () => {
  const zip = encodeZip({
    "x.npy": npy("<f4", [2], Float32Array.of(1, 2)),
    "y.npy": npy("|O", [1], new Uint8Array(30)),
  });
  const file = await openNpz(bytesSource(zip, "a.npz"));
  deepStrictEqual(file.names, ["x", "y"]);
  deepStrictEqual((await file.read("x")).values, Float32Array.of(1, 2));
  await rejects(file.read("y"), /array "y" in a\.npz holds Python objects/);
  await rejects(file.read("z"), /a\.npz has no array "z"; it has x, y/);
  await rejects(openNpz(bytesSource(zip, "a.npz"), 100), /at most 100/);
});
