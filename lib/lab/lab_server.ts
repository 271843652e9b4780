/**
 * JupyterLab with Slope's kernel, apart from any other Jupyter of the user.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import { DEFAULT_NAME, installKernel } from "../kernel/spec/install.ts";
import { lastText } from "../processes/last_text.ts";
import { sendSignal } from "../processes/send_signal.ts";

const HOST = "127.0.0.1";

/** How long the server may take to start, and to end, in milliseconds. */
const BEGIN = 60_000, END = 10_000;

/** How JupyterLab is started. */
export interface LabOptions {
  /** The program. */
  program: string;
  /** The folder that it shows. */
  folder: string;
  /** The notebook that it opens, within the folder. */
  open: string;
  /** Where Jupyter keeps settings, kernels and what it runs. */
  state: string;
  /** The port. @default {8888, or a free one} */
  port?: number;
  /** Whether a browser is opened. @default {true} */
  browser?: boolean;
}

/** A running JupyterLab; disposing of it ends it, and its kernels. */
export interface LabServer extends AsyncDisposable {
  /** The address of the notebook, with the token that lets one in. */
  url: string;
  /** Ends when the server does, with its exit code. */
  ended: Promise<number>;
}

/**
 * Starts JupyterLab and waits until it answers.
 *
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 * @throws {Error} If it does not start.
 */
export async function startLab(options: LabOptions): Promise<LabServer> {
  const { program, folder, open, state, browser = true } = options;
  const port = options.port === undefined
    ? freePort(8888) ?? freePort(0)!
    : freePort(options.port);
  if (port === undefined) {
    throw new Deno.errors.AddrInUse(
      `port ${options.port} is taken; choose another one with --port`,
    );
  }
  await installKernel(join(state, "data"), DEFAULT_NAME);
  await writeDefaults(join(state, "config"));
  const token = crypto.randomUUID().replaceAll("-", "");
  const child = new Deno.Command(program, {
    args: [
      ...browser ? [] : ["--no-browser"],
      // A signal is enough.
      "--ServerApp.answer_yes=True",
      // As in containers; only who has the token gets in.
      "--ServerApp.allow_root=True",
      `--ServerApp.ip=${HOST}`,
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      `--ServerApp.root_dir=${folder}`,
      `--LabApp.default_url=/lab/tree/${encodeURIComponent(open)}`,
      "--LabApp.custom_css=True",
      `--KernelSpecManager.allowed_kernelspecs=${DEFAULT_NAME}`,
      `--MappingKernelManager.default_kernel_name=${DEFAULT_NAME}`,
    ],
    env: {
      JUPYTER_CONFIG_DIR: join(state, "config"),
      JUPYTER_DATA_DIR: join(state, "data"),
      JUPYTER_PATH: join(state, "data"),
      JUPYTER_RUNTIME_DIR: join(state, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"),
      // Not among the arguments, which every user of the machine can read.
      JUPYTER_TOKEN: token,
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let said = "";
  const heard = lastText(child.stderr, (text) => said = text);
  let code: number | undefined;
  const ended = child.status.then((status) => code = status.code);
  const base = `http://${HOST}:${port}`;
  const server: LabServer = {
    url: `${base}/lab/tree/${encodeURIComponent(open)}?token=${token}`,
    ended,
    async [Symbol.asyncDispose]() {
      // The server shuts its kernels down, and then itself.
      sendSignal(child, "SIGTERM");
      const timer = setTimeout(() => sendSignal(child, "SIGKILL"), END);
      await ended;
      clearTimeout(timer);
      await heard;
    },
  };
  for (const end = Date.now() + BEGIN; Date.now() < end;) {
    if (code !== undefined) break;
    if (await answers(`${base}/api/status?token=${token}`)) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await server[Symbol.asyncDispose]();
  throw new Error(
    `JupyterLab did not start: ${said.trim().split("\n").at(-1)}`,
  );
}

/** Writes how JupyterLab is set where the user sets nothing else. */
async function writeDefaults(config: string): Promise<void> {
  const write = async (path: string, text: string) => {
    await Deno.mkdir(dirname(join(config, path)), { recursive: true });
    await writeWhole(join(config, path), text);
  };
  // Plotly's extension shows a figure's picture until the mouse enters it, as wide as
  // the picture's pixels: twice the figure's.
  await write(
    "custom/custom.css",
    ".jp-RenderedPlotly .plot-img { width: 800px; max-width: 100%; }\n",
  );
  await write(
    "labconfig/default_setting_overrides.json",
    JSON.stringify({
      // No questions at the start, nothing asked of a network.
      "@jupyterlab/apputils-extension:notification": {
        fetchNews: "false",
        checkForUpdates: false,
      },
    }),
  );
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** A port that nothing listens on; undefined if something does. */
function freePort(port: number): number | undefined {
  try {
    using listener = Deno.listen({ hostname: HOST, port });
    return listener.addr.port;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return undefined;
    throw error;
  }
}
