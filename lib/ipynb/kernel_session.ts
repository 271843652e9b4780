/**
 * Runs cells in a kernel without a front end.
 *
 * @module
 */
import { bytesOf, framesOf } from "../kernel/wire/frame.ts";
import { handshake, writeAll } from "../kernel/wire/handshake.ts";
import { compose, Message } from "../kernel/wire/message.ts";
import type { FrameReader } from "../kernel/wire/reader.ts";
import type { Output } from "./output.ts";
import { OutputCollector } from "./output_collector.ts";
import {
  type KernelOptions,
  type RunningKernel,
  startKernel,
} from "./start_kernel.ts";

/** Bytes of the longest message. */
const LONGEST = 2 ** 30;

/** How long it is waited until the subscription holds, in milliseconds a time. */
const PAUSE = 20;

/** A request that the kernel works on. */
interface Running {
  id: string;
  collector: OutputCollector;
  isIdle: boolean;
  isAnswered: boolean;
  done: () => void;
}

/**
 * A kernel that runs one cell after the other. Disposing of it ends the kernel, also
 * while a cell runs.
 */
export class KernelSession implements AsyncDisposable {
  #kernel: RunningKernel;
  #connections: Deno.TcpConn[] = [];
  #shell: Deno.TcpConn | undefined;
  #running: Running | undefined;
  #ended: Promise<never> = new Promise(() => {});
  #isSubscribed = false;

  private constructor(kernel: RunningKernel) {
    this.#kernel = kernel;
  }

  /**
   * Starts a kernel and waits until it is ready.
   *
   * @throws {Error} If it does not start.
   */
  static async open(options: KernelOptions): Promise<KernelSession> {
    const session = new KernelSession(await startKernel(options));
    try {
      await session.#connect();
      return session;
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Runs a cell.
   *
   * @returns What it showed, an error at the end among it.
   * @throws {Error} If the kernel ends meanwhile.
   */
  async execute(code: string): Promise<Output[]> {
    return await this.#ask("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
  }

  /** Ends the kernel. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kernel[Symbol.asyncDispose]();
    for (const connection of this.#connections) close(connection);
  }

  async #connect(): Promise<void> {
    const shell = await this.#dial("shell", "DEALER");
    const iopub = await this.#dial("iopub", "SUB");
    this.#shell = shell.connection;
    // One byte that subscribes, to all topics.
    await writeAll(iopub.connection, bytesOf(framesOf([Uint8Array.of(1)])));
    this.#ended = Promise.race([
      this.#listen(shell.reader, (running) => running.isAnswered = true),
      this.#listen(iopub.reader, (running, { header, content }) => {
        this.#isSubscribed = true;
        if (header.msg_type !== "status") {
          running.collector.add({ type: header.msg_type, content });
        } else if (content.execution_state === "idle") running.isIdle = true;
      }),
    ]);
    // Who asks next is told.
    this.#ended.catch(() => {});
    // What is published before the subscription holds is not heard.
    while (!this.#isSubscribed) {
      await this.#ask("kernel_info_request", {});
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async #dial(
    channel: "shell" | "iopub",
    type: "DEALER" | "SUB",
  ): Promise<{ connection: Deno.TcpConn; reader: FrameReader }> {
    const connection = await this.#kernel.dial(channel);
    this.#connections.push(connection);
    return { connection, reader: await handshake(connection, type, LONGEST) };
  }

  /** Hears one channel until the kernel ends, which is an error. */
  async #listen(
    reader: FrameReader,
    hear: (running: Running, message: Message) => void,
  ): Promise<never> {
    for (;;) {
      const frames = await reader.message().catch((error) => {
        throw new Error("the kernel has ended", { cause: error });
      });
      const message = new Message(frames);
      const running = this.#running;
      if (running === undefined || message.parent.msg_id !== running.id) {
        continue;
      }
      hear(running, message);
      const { isIdle, isAnswered } = running;
      if (isAnswered && (isIdle || !this.#isSubscribed)) running.done();
    }
  }

  /** Asks the kernel something, and waits for its answer and for what it shows. */
  async #ask(type: string, content: unknown): Promise<Output[]> {
    const frames = compose({ type, content, key: this.#kernel.key });
    const { promise, resolve: done } = Promise.withResolvers<void>();
    const collector = new OutputCollector();
    this.#running = {
      id: new Message(frames).header.msg_id,
      collector,
      isIdle: false,
      isAnswered: false,
      done,
    };
    await writeAll(this.#shell!, bytesOf(frames));
    await Promise.race([promise, this.#ended]);
    return collector.outputs;
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // Already closed.
  }
}
