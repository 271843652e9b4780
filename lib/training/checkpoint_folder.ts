/**
 * The folder `checkpoints/` of a run.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./checkpoint.ts";

/** How many are kept: where the newest is damaged, there is one before. */
const KEPT = 2;

/** A folder of checkpoints, and of what a kill left of one half written. */
export class CheckpointFolder {
  readonly #path: string;

  /** @param path The folder; it is made when first written to. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Saves a checkpoint; drops older ones. */
  async save(checkpoint: Checkpoint): Promise<void> {
    await Deno.mkdir(this.#path, { recursive: true });
    await writeWhole(
      this.#fileOf(checkpoint.step),
      encodeCheckpoint(checkpoint),
    );
    for (const old of (await this.steps()).slice(KEPT)) {
      await Deno.remove(this.#fileOf(old));
    }
  }

  /** The steps that there are checkpoints of, newest first. */
  async steps(): Promise<number[]> {
    const steps: number[] = [];
    for (const name of await this.#names()) {
      const match = /^step-(\d+)\.safetensors$/.exec(name);
      if (match) steps.push(Number(match[1]));
    }
    return steps.sort((a, b) => b - a);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws {SyntaxError} If it is damaged.
   */
  async load(step: number): Promise<Checkpoint> {
    const path = this.#fileOf(step);
    const bytes = await Deno.readFile(path);
    try {
      return decodeCheckpoint(bytes);
    } catch (error) {
      throw new SyntaxError(
        `${path} is damaged: ${
          (error as Error).message
        }; delete it to go on from the one before`,
      );
    }
  }

  /** Drops checkpoints of later steps, and halves. */
  async dropAfter(step: number): Promise<void> {
    for (const name of await this.#names()) {
      const match = /^step-(\d+)\.safetensors(\..*\.part)?$/.exec(name);
      if (match && (match[2] || Number(match[1]) > step)) {
        await Deno.remove(join(this.#path, name));
      }
    }
  }

  async #names(): Promise<string[]> {
    try {
      return await Array.fromAsync(Deno.readDir(this.#path), (e) => e.name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  #fileOf(step: number): string {
    const number = String(step).padStart(9, "0");
    return join(this.#path, `step-${number}.safetensors`);
  }
}
