/** Children that train, are killed, and go on. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { newestTensors } from "./newest_tensors.ts";

const KILLS = 4;

function child(folder: string, ...args: string[]): Deno.ChildProcess {
  const script = new URL("./train_child.ts", import.meta.url).pathname;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--config", config, script, folder, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs a child, and kills it some milliseconds after its training began. */
async function runAndKill(
  folder: string,
  delay: number,
  args: string[],
): Promise<void> {
  const process = child(folder, ...args);
  const reader = process.stdout.getReader();
  await reader.read(); // "begun"
  await new Promise((resolve) => setTimeout(resolve, delay));
  try {
    process.kill("SIGKILL");
  } catch { // it was done before
  }
  while (!(await reader.read()).done);
  await process.status;
}

/** Lets a child finish. */
async function runToEnd(folder: string, args: string[]): Promise<void> {
  const process = child(folder, ...args);
  await process.stdout.pipeTo(new WritableStream());
  strictEqual((await process.status).success, true);
}

/**
 * Trains runs without and with kills, and asserts that they are the same.
 *
 * @param folder Where.
 * @param args What the child is told after its folder.
 */
export async function killAndResume(
  folder: string,
  ...args: string[]
): Promise<void> {
  // In a process of its own: what ran before in this one can decide how many
  // threads its operations use, and so how they round.
  await runToEnd(`${folder}/whole`, args);

  const broken = `${folder}/broken`;
  const statuses: string[] = [];
  for (let i = 0; i < KILLS; i++) {
    const [moment] = crypto.getRandomValues(new Uint8Array(1));
    await runAndKill(broken, moment!, args);
    const text = await Deno.readTextFile(`${broken}/0/run.json`);
    statuses.push(JSON.parse(text).status);
  }
  strictEqual(statuses[0], "running", "was not killed in time");
  await runToEnd(broken, args);

  const seeds = Array.from(Deno.readDirSync(`${folder}/whole`));
  ok(seeds.length >= 2);
  for (const { name: seed } of seeds) {
    const [whole, again] = await Promise.all(
      ["whole", "broken"].map(async (name) => ({
        records: await Deno.readTextFile(
          `${folder}/${name}/${seed}/records.jsonl`,
        ),
        times: (await Deno.readTextFile(
          `${folder}/${name}/${seed}/times.jsonl`,
        )).split("\n").length,
        tensors: await newestTensors(`${folder}/${name}/${seed}`),
      })),
    );
    deepStrictEqual(again, whole);
  }
}
