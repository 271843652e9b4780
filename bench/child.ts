/**
 * A long-lived child process that answers requests: a line of JSON each way.
 *
 * @module
 */
import { TextLineStream } from "./text_lines.ts";

/** A child process. */
export class Child {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #name: string;

  /**
   * @param name For errors.
   * @param command The program.
   * @param options Its arguments and environment.
   */
  constructor(
    name: string,
    command: string,
    options: { args: string[]; env?: Record<string, string> },
  ) {
    this.#name = name;
    this.#process = new Deno.Command(command, {
      ...options,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    this.#lines = this.#process.stdout
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream())
      .getReader();
  }

  /** Sends a request and waits for its answer. */
  async ask<Answer>(request: Record<string, unknown>): Promise<Answer> {
    const line = new TextEncoder().encode(JSON.stringify(request) + "\n");
    await this.#writer.write(line);
    const { value } = await this.#lines.read();
    if (value === undefined) {
      throw new Error(`${this.#name} ended during ${request.command}`);
    }
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(`${this.#name}: ${answer.error}`);
    return answer;
  }

  /** Ends the child. */
  async close(): Promise<void> {
    await this.#writer.close().catch(() => {});
    await this.#lines.cancel().catch(() => {});
    await this.#process.status;
  }
}
