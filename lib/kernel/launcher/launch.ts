import { fileURLToPath } from "node:url";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Acknowledgement } from "../shared/acknowledgement.ts";
import { type Rewrite, serveChannel } from "./channel.ts";
import {
  type Channel,
  CHANNELS,
  type ConnectionInfo,
  readConnectionFile,
} from "./connection_file.ts";
import { startGuardian } from "./guardian.ts";
import { directoryUrl, namesOf, notebookConfig } from "./import_map.ts";
import { type InnerKernel, startInnerKernel } from "./inner_kernel.ts";
import { Iopub } from "./iopub.ts";
import { whenJupyterEnds } from "./parent.ts";
import { makePrivateFolder } from "./private_folder.ts";
import { Publisher } from "./publisher.ts";
import { Replies } from "./replies.ts";
import { prepare } from "./prepare.ts";
import { StopButton } from "./stop_button.ts";

/** Slope's folder. */
const CHECKOUT = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Runs a kernel until it ends.
 *
 * @param path Jupyter's connection file.
 * @returns The exit code.
 */
export async function launch(path: string): Promise<number> {
  const info = await readConnectionFile(path);
  const scratch = await makePrivateFolder(tmpdir());
  try {
    return await run(info, scratch.path);
  } finally {
    await scratch.remove();
  }
}

async function run(info: ConnectionInfo, scratch: string): Promise<number> {
  const listeners = takePorts(info);
  const links = join(scratch, "links");
  const folders = {
    folder: directoryUrl(Deno.cwd()),
    checkout: directoryUrl(CHECKOUT),
    links: directoryUrl(links),
  };
  const config = await notebookConfig(Deno.cwd(), CHECKOUT, links);
  await Deno.writeTextFile(join(scratch, "deno.json"), JSON.stringify(config));
  // The versions of Slope's packages.
  await Deno.copyFile(join(CHECKOUT, "deno.lock"), join(scratch, "deno.lock"))
    .catch(() => {});
  const kernel = await startInnerKernel(info, scratch);
  const dismissGuardian = startGuardian(kernel.process.pid, scratch);
  endWith(kernel);

  const publisher = new Publisher();
  const replies = new Replies(info.key, folders, scratch);
  const acknowledgement = new Acknowledgement(scratch);
  let notice: string | undefined;
  const iopub: Iopub = new Iopub(kernel, info.key, publisher, {
    onMarker(marker) {
      if (marker.kind === "flush") acknowledgement.set(marker.number);
      else stop.hear();
    },
    onStart({ parent }) {
      if (notice === undefined) return;
      iopub.publish("stream", { name: "stderr", text: notice }, parent);
      notice = undefined;
    },
    onError: (message) => replies.rewriteError(message, iopub),
    async onEnd({ parent: { msg_id: id = "" } }) {
      await replies.seen(id);
      stop.release();
    },
    onDamage() {
      iopub.publish("stream", {
        name: "stderr",
        text: "An output was damaged on its way and is lost.\n",
      }, iopub.cell?.parent);
    },
  });
  const stop = new StopButton(kernel, info.key, iopub, scratch);
  Deno.addSignalListener("SIGINT", () => {
    stop.press().catch((error) =>
      console.error("Slope's kernel:", error.message)
    );
  });
  iopub.follow().catch(() => {});

  const names = namesOf(
    JSON.parse(await Deno.readTextFile(join(CHECKOUT, "deno.json"))).exports,
    CHECKOUT,
  );
  notice = await prepare(kernel, info.key, iopub, {
    scratch,
    names,
    ...folders,
  });
  if (notice !== undefined) console.error(notice.trimEnd());

  serve(
    listeners,
    kernel,
    publisher,
    (frames) => replies.rewriteReply(frames, iopub),
  );
  const { code } = await kernel.process.status;
  await publisher.drained();
  dismissGuardian();
  return code;
}

/** Takes the ports that Jupyter chose, before anything else can. */
function takePorts(info: ConnectionInfo): Record<Channel, Deno.TcpListener> {
  return Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      Deno.listen({ hostname: info.ip, port: info.ports[channel] }),
    ]),
  ) as Record<Channel, Deno.TcpListener>;
}

/** Lets the front ends in. */
function serve(
  { iopub, ...others }: Record<Channel, Deno.TcpListener>,
  kernel: InnerKernel,
  publisher: Publisher,
  rewrite: Rewrite,
): void {
  publisher.serve(iopub);
  for (const [channel, listener] of Object.entries(others)) {
    serveChannel(
      listener,
      kernel,
      channel as Channel,
      channel === "shell" ? rewrite : undefined,
    );
  }
}

/** Ends the kernel when this process is told to end, or when Jupyter has ended. */
function endWith(kernel: InnerKernel): void {
  const end = () => {
    try {
      kernel.process.kill("SIGKILL");
    } catch {
      // Already gone.
    }
  };
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, end);
  }
  whenJupyterEnds(end);
}
