import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { bytesOf } from "../../lib/kernel/wire/frame.ts";
import { handshake, writeAll } from "../../lib/kernel/wire/handshake.ts";
import { compose } from "../../lib/kernel/wire/message.ts";
import {
  type Collected,
  Driver,
  note,
  type Output,
  reason,
  withJupyter,
} from "./jupyter.ts";

type Ports = Record<`${"shell" | "control" | "iopub"}_port`, number>;

const connect = (port: number) => Deno.connect({ hostname: "127.0.0.1", port });
const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test({
  name: `a kernel outlives garbage, forgeries and clients that vanish${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      await using driver = await Driver.start(place);
      await driver.do("start");
      const ports = await driver.do<Ports>("ports");
      const runs = async () =>
        deepStrictEqual((await driver.run("1 + 1")).outputs, [[
          "execute_result",
          "2",
        ]]);
      await runs();

      const garbage = [
        new Uint8Array(0),
        new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"),
        crypto.getRandomValues(new Uint8Array(4096)),
        new Uint8Array(4096).fill(0xff),
      ];
      for (const port of Object.values(ports)) {
        for (const bytes of garbage) {
          const connection = await connect(port);
          await connection.write(bytes).catch(() => {});
          connection.close();
        }
      }
      await runs();

      // After a proper greeting: a subscription without end, and a frame of 2^62 bytes.
      for (const head of [[3, 0, 0, 0], [2, 0x40, 0, 0, 0, 0, 0, 0, 0]]) {
        const connection = await connect(ports.iopub_port);
        await handshake(connection, "SUB", 1000);
        await writeAll(connection, Uint8Array.from(head));
        await wait(50);
        connection.close();
      }
      await runs();

      // Another key: nothing is run, nothing is stopped.
      for (
        const [port, type, content] of [
          [ports.shell_port, "execute_request", { code: "var forged = 1" }],
          [ports.control_port, "shutdown_request", { restart: false }],
        ] as const
      ) {
        const connection = await connect(port);
        await handshake(connection, "DEALER", 1000);
        await writeAll(
          connection,
          bytesOf(compose({ type, content, key: "another" })),
        );
        await wait(200);
        connection.close();
      }
      const { outputs } = await driver.run("typeof forged");
      deepStrictEqual(outputs, [["execute_result", '"undefined"']]);

      // One that reads along and is gone, one that never reads.
      const idle = await connect(ports.iopub_port);
      await handshake(idle, "SUB", 1000);
      await writeAll(idle, Uint8Array.of(0, 1, 1));
      await driver.do("client");
      const big = 'Deno.jupyter.html`${"x".repeat(2 ** 24)}`';
      const id = await driver.send(big);
      await driver.do("disconnect");
      deepStrictEqual((await driver.collect(id)).outputs, [[
        "execute_result",
        2 ** 24,
      ]]);
      await runs();
      idle.close();
      await driver.do("shutdown");
    }),
});

Deno.test({
  name: `two clients of one kernel see all outputs${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      await using driver = await Driver.start(place);
      await driver.do("start");
      await driver.do("client");
      // Until the second one reads along.
      await driver.run("0");
      await wait(300);
      for (let index = 0; index < 12; index++) {
        const size = index % 4 ? 1 : 2 ** 22;
        const id = await driver.send(
          `await Deno.jupyter.display({ "text/plain": "x".repeat(${size}) }, ` +
            `{ raw: true }); ${index}`,
        );
        const expected: Output[] = [
          ["display_data", size === 1 ? "x" : size],
          ["execute_result", `${index}`],
        ];
        for (const client of [0, 1]) {
          const { ended, outputs } = await driver.do<Collected>("collect", {
            id,
            client,
          });
          ok(ended);
          deepStrictEqual(outputs, expected);
        }
      }
      await driver.do("shutdown");
    }),
});

Deno.test({
  name: `kernels that start at the same time do not meet${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      const drivers = await Promise.all(
        [0, 1, 2].map(() => Driver.start(place)),
      );
      try {
        await Promise.all(drivers.map((driver) => driver.do("start")));
        const results = await Promise.all(
          drivers.map(async (driver, index) => {
            await driver.run(`var mine = ${index}`);
            const { outputs } = await driver.run("mine");
            return outputs[0]?.[1];
          }),
        );
        deepStrictEqual(results, ["0", "1", "2"]);
        await Promise.all(drivers.map((driver) => driver.do("shutdown")));
        const left = await Array.fromAsync(Deno.readDir(place.temporary));
        strictEqual(left.filter(({ isDirectory }) => isDirectory).length, 0);
      } finally {
        for (const driver of drivers) await driver[Symbol.asyncDispose]();
      }
    }),
});
