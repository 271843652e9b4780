/** Runs that are damaged, or called again with other settings: what is refused. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { initialize } from "../../lib/runtime/initialize.ts";
import { constant } from "../../lib/schedules/constant.ts";
import {
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { RunDirectory } from "../../lib/training/run_directory.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { canMount, withSmallDisk } from "../support/with_small_disk.ts";
import { listFiles } from "../support/list_files.ts";
import { finish, smallRun } from "./small_training.ts";

import {
  description,
  outcome,
  run,
  snapshot,
  withTraining,
} from "./resumed_runs.ts";

tensorflowTest(
  "other settings and other threads are refused by name",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        await run(training, { 0: folder }, (_, step) => step === 9);
        const before = await snapshot(folder);
        const resume = (options: Partial<TrainingOptions>, seed = 0) =>
          finish(trainTogether({ ...training, ...options }, [
            { ...smallRun(0, folder), seed },
          ]));
        await rejects(resume({ epochs: 13 }), {
          name: "TypeError",
          message:
            `${folder} holds another run (epochs is 12 there and 13 here): choose another folder, or delete it`,
        });
        await rejects(resume({}, 1), /\(seed is 0 there and 1 here\)/);
        await rejects(
          finish(trainTogether(training, [{
            ...smallRun(0, folder),
            learningRate: constant({ value: 0.1 }),
          }])),
          /learningRate is \{"kind":"cosine".* there and \{"kind":"constant"/,
        );
        deepStrictEqual(await snapshot(folder), before);
      })
    ),
);

tensorflowTest(
  "a run is not resumed at other thread counts; one that is done may be read",
  () =>
    withFolder(async (folder) => {
      const [begun, done] = [`${folder}/begun`, `${folder}/done`];
      await withTraining(async (training) => {
        await run(training, { 0: begun }, (_, step) => step === 9);
        await run(training, { 0: done });
      });
      await initialize({
        backend: "tensorflow",
        intraOpThreads: 2,
        interOpThreads: 1,
      });
      await withTraining(async (training) => {
        await rejects(
          run(training, { 0: begun }),
          /was begun elsewhere.*\(intraOpThreads is 1 there and 2 here\)/,
        );
        deepStrictEqual(await run(training, { 0: done }), ["done"]);
      });
    }),
);

tensorflowTest(
  "a damaged checkpoint is named; without it the one before is taken",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const paths = { 0: `${folder}/0`, 1: `${folder}/1` };
        const whole = { 0: `${folder}/whole-0`, 1: `${folder}/whole-1` };
        await run(training, whole);
        await run(training, paths, (_, step) => step === 30);
        const newest = `${folder}/1/checkpoints/step-000000031.safetensors`;
        const { size } = await Deno.stat(newest);
        await Deno.truncate(newest, size - 1);
        await Deno.writeTextFile(`${newest}.1-0.part`, "half written");
        const before = await snapshot(folder);
        await rejects(run(training, paths), {
          name: "SyntaxError",
          message: new RegExp(
            `^${newest} is damaged: .*delete it to go on from the one before$`,
          ),
        });
        deepStrictEqual(await snapshot(folder), before);
        await Deno.remove(newest);
        deepStrictEqual(await run(training, paths), ["done", "done"]);
        for (const seed of [0, 1] as const) {
          deepStrictEqual(
            await outcome(paths[seed]),
            await outcome(whole[seed]),
          );
        }
        ok(!(await listFiles(folder)).some((path) => path.endsWith(".part")));
      })
    ),
);

tensorflowTest(
  "damaged files of a run are named, and nothing is changed",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        await run(training, { 0: folder }, (_, step) => step === 30);
        const good = await snapshot(folder);
        /** Damages, asserts the error, asserts that nothing else changed, repairs. */
        async function damaged(
          damage: () => Promise<void>,
          message: RegExp,
        ): Promise<void> {
          await damage();
          const before = await snapshot(folder);
          await rejects(run(training, { 0: folder }), {
            name: "SyntaxError",
            message,
          });
          deepStrictEqual(await snapshot(folder), before);
          for (const [path, bytes] of Object.entries(good)) {
            await Deno.writeFile(`${folder}/${path}`, bytes);
          }
        }
        const file = `${folder}/run.json`;
        const write = (text: string) => () => Deno.writeTextFile(file, text);
        await damaged(write('{"settings": {'), /run\.json is damaged: .*JSON/);
        await damaged(write("null"), /run\.json is damaged: it lacks settings/);
        await damaged(write("[]"), /run\.json is damaged: it lacks settings/);
        await damaged(
          () => Deno.remove(file),
          /has records.jsonl but no run.json/,
        );
        await damaged(
          () => Deno.truncate(`${folder}/records.jsonl`, 10),
          /records\.jsonl has 10 bytes, but its run wrote/,
        );
        deepStrictEqual(await run(training, { 0: folder }), ["done"]);
      })
    ),
);

tensorflowTest(
  "records of a run that is done are refused where lines are missing or damaged",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        await run(training, { 0: folder });
        const path = `${folder}/records.jsonl`;
        const whole = await Deno.readTextFile(path);
        const read = () => new RunDirectory(folder).readRecords();
        const lines = whole.trimEnd().split("\n");
        strictEqual((await read()).length, lines.length);
        for (
          const [text, fault] of [
            ["", " ends before step "],
            [lines.slice(0, -1).join("\n") + "\n", " ends before step "],
            [whole.slice(0, -1), " ends before step "],
            [whole.replace("\n", "x\n"), ": line 1 is damaged"],
          ] as const
        ) {
          await Deno.writeTextFile(path, text);
          await rejects(read(), (error: Error) =>
            error instanceof SyntaxError &&
            error.message.startsWith(path + fault) &&
            error.message.endsWith("delete the folder to run it again"));
        }
        await Deno.remove(path);
        await rejects(read(), /records\.jsonl is missing/);
      })
    ),
);

tensorflowTest(
  "two trainings do not write to one folder",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const first = trainTogether(training, [smallRun(0, folder)]);
        await first.next();
        await rejects(
          run(training, { 0: folder }),
          /is being written by another training/,
        );
        await first.return([]);
        deepStrictEqual(await run(training, { 0: folder }), ["done"]);
      })
    ),
);

/** Takes all the room that is left on a disk. */
function fill(path: string): void {
  const file = Deno.openSync(path, { write: true, create: true });
  try {
    for (;;) file.writeSync(new Uint8Array(1024));
  } catch {
    file.close();
  }
}

if (canMount) {
  tensorflowTest(
    "a full disk ends a run, which goes on when there is room",
    () =>
      withFolder((folder) =>
        withSmallDisk(1e6, (disk) =>
          withTraining(async (training) => {
            await run(training, { 0: folder });
            const path = `${disk}/run`;
            const filler = `${disk}/filler`;
            await rejects(
              run(training, { 0: path }, (_, step) => {
                if (step === 30) fill(filler);
                return false;
              }),
              {
                name: "NoSpaceError",
                message: new RegExp(
                  `^No space left in ${path}(/checkpoints)?: [0-9.]+ kB needed`,
                ),
              },
            );
            strictEqual((await description(path)).status, "running");
            await Deno.remove(filler);
            deepStrictEqual(await run(training, { 0: path }), ["done"]);
            deepStrictEqual(await outcome(path), await outcome(folder));
          }))
      ),
  );
} else {
  Deno.test({
    name:
      "a full disk ends a run, which goes on when there is room (needs root)",
    ignore: true,
    fn() {},
  });
}
