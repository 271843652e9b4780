/**
 * A run's folder: `run.json`, `records.jsonl`, `times.jsonl` and `checkpoints/`.
 *
 * @module
 */
import { join } from "node:path";
import { explainWriteError } from "../files/free_space.ts";
import { writeWhole } from "../files/write_whole.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { CheckpointFolder } from "./checkpoint_folder.ts";
import { LineLog } from "./line_log.ts";
import { parseRecord, type RunRecord, stringifyRecord } from "./records.ts";
import { parseDescription, type RunDescription } from "./run_description.ts";

export type { RunDescription, RunStatus } from "./run_description.ts";

/** Nothing, where there is no such file. */
function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
}

/**
 * A folder that a run is written to.
 *
 * `records.jsonl` has one record a line, `times.jsonl` for each of them the step
 * and the seconds at which it was made. Both are written when a checkpoint is, and
 * cut back to it when the run is resumed.
 */
export class RunDirectory {
  /** The folder. */
  readonly path: string;
  /** Its checkpoints. */
  readonly checkpoints: CheckpointFolder;
  #logs: { records: LineLog; times: LineLog } | undefined;

  /** @param path The folder; it is made when first written to. */
  constructor(path: string) {
    this.path = path;
    this.checkpoints = new CheckpointFolder(join(path, "checkpoints"));
  }

  /**
   * `run.json`, or nothing where there is none.
   *
   * @throws {SyntaxError} If it is damaged, or missing where there are records.
   */
  async read(): Promise<RunDescription | undefined> {
    const path = join(this.path, "run.json");
    const text = await ifThere(Deno.readTextFile(path));
    if (text === undefined) {
      for (const name of ["records.jsonl", "checkpoints"]) {
        if (await ifThere(Deno.stat(join(this.path, name)))) {
          throw new SyntaxError(
            `${this.path} has ${name} but no run.json: choose another folder, or delete it`,
          );
        }
      }
      return undefined;
    }
    try {
      return parseDescription(text);
    } catch (error) {
      throw new SyntaxError(
        `${path} is damaged: ${
          (error as Error).message
        }; delete the folder to run it again`,
      );
    }
  }

  /** Writes `run.json`. */
  async describe(description: RunDescription): Promise<void> {
    await Deno.mkdir(this.path, { recursive: true });
    const text = JSON.stringify(description, null, 2) + "\n";
    await writeWhole(join(this.path, "run.json"), text);
  }

  /**
   * All records written so far; one that a kill cut short is left out.
   *
   * @throws {SyntaxError} If the file is missing, a line is damaged, or the last
   * records of a run that is done are not there.
   */
  async readRecords(): Promise<RunRecord[]> {
    const path = join(this.path, "records.jsonl");
    const damaged = (what: string) =>
      new SyntaxError(`${path}${what}: delete the folder to run it again`);
    const text = await ifThere(Deno.readTextFile(path));
    if (text === undefined) throw damaged(" is missing");
    const records = text.split("\n").slice(0, -1).map((line, i) => {
      try {
        return parseRecord(line);
      } catch {
        throw damaged(`: line ${i + 1} is damaged`);
      }
    });
    const description = await this.read();
    // What is done was evaluated after its last step.
    const { status, cost } = description ?? {};
    if (status === "done" && records.at(-1)?.step !== cost!.steps) {
      throw damaged(` ends before step ${cost!.steps}`);
    }
    return records;
  }

  /**
   * Opens the folder to write records; {@linkcode close} ends that.
   *
   * @throws {Error} If another training writes to it.
   */
  open(): void {
    const records = new LineLog(join(this.path, "records.jsonl"));
    const times = new LineLog(join(this.path, "times.jsonl"));
    this.#logs = { records, times };
    if (!records.tryLock()) {
      throw new Error(`${this.path} is being written by another training`);
    }
  }

  /** Adds a record and the seconds at which it was made. */
  append(record: RunRecord, seconds: number): void {
    const { records, times } = this.#opened();
    records.add(stringifyRecord(record));
    const time = { step: record.step, seconds: Number(seconds.toFixed(3)) };
    times.add(JSON.stringify(time));
  }

  /** Saves a checkpoint, after the records that lead to it. */
  async save(
    checkpoint: Omit<Checkpoint, "recordBytes" | "timeBytes">,
  ): Promise<void> {
    const { records, times } = this.#opened();
    try {
      records.flush();
      times.flush();
      await this.checkpoints.save({
        ...checkpoint,
        recordBytes: records.bytes,
        timeBytes: times.bytes,
      });
    } catch (error) {
      const sizes = Object.values(checkpoint.tensors)
        .map(({ values }) => values.byteLength);
      const needed = sizes.reduce((sum, size) => sum + size, 0);
      throw await explainWriteError(error, this.path, needed);
    }
  }

  /**
   * Goes back to a checkpoint, or without one to the start: what was written after
   * it is dropped.
   *
   * @throws {SyntaxError} If records that lead to it are missing.
   */
  async goBackTo(checkpoint: Checkpoint | undefined): Promise<void> {
    const { records, times } = this.#opened();
    records.truncate(checkpoint?.recordBytes ?? 0);
    times.truncate(checkpoint?.timeBytes ?? 0);
    await this.checkpoints.dropAfter(checkpoint?.step ?? -1);
  }

  /** Closes the files; records since the last checkpoint are lost. */
  close(): void {
    this.#logs?.records.close();
    this.#logs?.times.close();
    this.#logs = undefined;
  }

  #opened(): { records: LineLog; times: LineLog } {
    if (this.#logs === undefined) throw new Error(`${this.path} is not open`);
    return this.#logs;
  }
}
