/**
 * A run's folder: `run.json`, `records.jsonl`, `times.jsonl` and `checkpoints/`.
 *
 * @module
 */
import { join } from "node:path";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../files/safetensors.ts";
import { writeWhole } from "../files/write_whole.ts";
import { parseRecord, type RunRecord, stringifyRecord } from "./records.ts";

/** How far a run has come. */
export type RunStatus = "running" | "stopped" | "diverged" | "done";

/** `run.json`: what a run is, and what it cost. */
export interface RunDescription {
  /** Everything that decides the records. */
  settings: Record<string, unknown>;
  /** What it ran on; a run is resumed on the same. */
  environment: Record<string, unknown>;
  /** How far it has come. */
  status: RunStatus;
  /** Steps, forward-pass equivalents and seconds so far. */
  cost: { steps: number; forwardPasses: number; seconds: number };
}

/** A checkpoint that was read. */
export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** Forward-pass equivalents spent. */
  cost: number;
  /** Parameters and slots by name. */
  tensors: Record<string, StoredTensor>;
}

/** How many checkpoints are kept: one may be newer than another run's of a group. */
const KEPT = 2;

/** A folder that a run writes to. */
export class RunDirectory {
  /** The folder. */
  readonly path: string;
  #records: Deno.FsFile | undefined;
  #times: Deno.FsFile | undefined;
  #pending: string[] = [];
  #pendingTimes: string[] = [];
  #bytes = 0;

  /** @param path The folder; it is made when first written to. */
  constructor(path: string) {
    this.path = path;
  }

  /** `run.json`, or nothing where there is none. */
  async read(): Promise<RunDescription | undefined> {
    const path = join(this.path, "run.json");
    let text: string;
    try {
      text = await Deno.readTextFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new SyntaxError(
        `${path} is damaged: delete the folder to run it again`,
      );
    }
  }

  /** Writes `run.json`. */
  async describe(description: RunDescription): Promise<void> {
    await Deno.mkdir(this.path, { recursive: true });
    await writeWhole(
      join(this.path, "run.json"),
      JSON.stringify(description, null, 2) + "\n",
    );
  }

  /** All records written so far. */
  async readRecords(): Promise<RunRecord[]> {
    const text = await Deno.readTextFile(join(this.path, "records.jsonl"));
    return text.split("\n").filter((line) => line !== "").map(parseRecord);
  }

  /** Adds a record and the seconds at which it was made. */
  append(record: RunRecord, seconds: number): void {
    this.#pending.push(stringifyRecord(record) + "\n");
    this.#pendingTimes.push(
      JSON.stringify({
        step: record.step,
        seconds: Number(seconds.toFixed(3)),
      }) + "\n",
    );
  }

  /** Writes what was added. */
  flush(): void {
    if (this.#pending.length === 0) return;
    this.#records ??= this.#open("records.jsonl");
    this.#times ??= this.#open("times.jsonl");
    this.#bytes += writeAll(this.#records, this.#pending.join(""));
    writeAll(this.#times, this.#pendingTimes.join(""));
    this.#pending = [];
    this.#pendingTimes = [];
  }

  /** Saves a checkpoint, after the records that lead to it; drops older ones. */
  async save(
    step: number,
    cost: number,
    tensors: Record<string, StoredTensor>,
  ): Promise<void> {
    this.flush();
    this.#records?.syncDataSync();
    const folder = join(this.path, "checkpoints");
    await Deno.mkdir(folder, { recursive: true });
    const metadata = {
      step: `${step}`,
      cost: `${cost}`,
      recordBytes: `${this.#bytes}`,
    };
    await writeWhole(
      join(folder, fileName(step)),
      encodeSafetensors({ tensors, metadata }),
    );
    for (const old of (await this.checkpointSteps()).slice(KEPT)) {
      await Deno.remove(join(folder, fileName(old))).catch(() => {});
    }
  }

  /** The steps that there are checkpoints of, newest first. */
  async checkpointSteps(): Promise<number[]> {
    const steps: number[] = [];
    try {
      for await (
        const { name } of Deno.readDir(join(this.path, "checkpoints"))
      ) {
        const match = /^step-(\d+)\.safetensors$/.exec(name);
        if (match) steps.push(Number(match[1]));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return steps.sort((a, b) => b - a);
  }

  /** Goes back to a checkpoint: records made after it are dropped. */
  async restore(step: number): Promise<Checkpoint> {
    const path = join(this.path, "checkpoints", fileName(step));
    let file;
    try {
      file = decodeSafetensors(await Deno.readFile(path));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`${path}: ${error.message}`);
    }
    this.#bytes = Number(file.metadata.recordBytes);
    await this.#truncate("records.jsonl", this.#bytes);
    return { step, cost: Number(file.metadata.cost), tensors: file.tensors };
  }

  /** Starts afresh: no records, no checkpoints. */
  async clear(): Promise<void> {
    await Deno.mkdir(this.path, { recursive: true });
    for (const name of ["records.jsonl", "times.jsonl", "checkpoints"]) {
      await Deno.remove(join(this.path, name), { recursive: true }).catch(
        (error) => {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        },
      );
    }
  }

  /** Writes what is left and closes the files. */
  close(): void {
    this.flush();
    this.#records?.close();
    this.#times?.close();
    this.#records = undefined;
    this.#times = undefined;
  }

  #open(name: string): Deno.FsFile {
    return Deno.openSync(join(this.path, name), { append: true, create: true });
  }

  async #truncate(name: string, bytes: number): Promise<void> {
    const path = join(this.path, name);
    const { size } = await Deno.stat(path).catch(() => ({ size: 0 }));
    if (size < bytes) {
      throw new SyntaxError(
        `${path} has ${size} bytes, fewer than its checkpoint says (${bytes}): delete the folder to run it again`,
      );
    }
    if (size > bytes) await Deno.truncate(path, bytes);
  }
}

function fileName(step: number): string {
  return `step-${String(step).padStart(9, "0")}.safetensors`;
}

function writeAll(file: Deno.FsFile, text: string): number {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  while (written < bytes.length) {
    written += file.writeSync(bytes.subarray(written));
  }
  return bytes.length;
}
