import { createHash } from "node:crypto";
import { ok, rejects } from "node:assert";
import { download } from "../../lib/files/download.ts";
import { freeBytes, requireSpace } from "../../lib/files/free_space.ts";
import { serveBytes } from "../support/serve_bytes.ts";
import { canMount, withSmallDisk } from "../support/with_small_disk.ts";

const onSmallDisk = canMount ? "" : " (needs root, to mount a small disk)";

Deno.test({
  name: `requireSpace() names folder, need and room${onSmallDisk}`,
  ignore: !canMount,
  fn: () =>
    withSmallDisk(1 << 20, async (disk) => {
      const free = await freeBytes(`${disk}/not/there`);
      ok(free! > 900_000 && free! <= 1 << 20);
      await requireSpace(disk, 900_000);
      await rejects(requireSpace(`${disk}/new`, 2_000_000), {
        name: "NoSpaceError",
        message: `No space left in ${disk}/new: 2.0 MB needed, 1.0 MB free`,
      });
    }),
});

Deno.test({
  name: `download() says that the disk is full${onSmallDisk}`,
  ignore: !canMount,
  fn: () =>
    withSmallDisk(1 << 20, async (disk) => {
      const content = new Uint8Array(2_000_000);
      await using server = serveBytes({ "/file": content });
      const sha256 = createHash("sha256").update(content).digest("hex");
      const { length: bytes } = content;
      await rejects(
        download({
          url: `${server.url}/file`,
          path: `${disk}/file`,
          bytes,
          sha256,
        }),
        /^NoSpaceError: No space left in .*: 9\d\d kB needed, (0 bytes|\d+\.\d kB) free$/,
      );
      await rejects(Deno.stat(`${disk}/file`), Deno.errors.NotFound);
    }),
});
