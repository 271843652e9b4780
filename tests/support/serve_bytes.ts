/** A loopback server of bytes in memory, with the faults of real ones. */
export interface ByteServer extends AsyncDisposable {
  /** Its address, without a slash at the end. */
  url: string;
  /** The requests so far. */
  requests: { url: string; headers: Headers }[];
  /** The bytes of bodies sent so far. */
  sent: number;
}

/** The faults of a {@linkcode ByteServer}. */
export interface Faults {
  /** Whether it honours `Range`. @default {true} */
  ranges?: boolean;
  /** Whether it sends `Content-Length`. @default {true} */
  length?: boolean;
  /** Breaks each connection after so many bytes. */
  breakAfter?: number;
  /** Falls silent after so many bytes. */
  stallAfter?: number;
  /** Bytes a second, roughly. */
  speed?: number;
}

/** Serves the bytes under each path; `/503` answers 503, others 404. */
export function serveBytes(
  files: Record<string, Uint8Array | { type: string; text: string }>,
  faults: Faults = {},
): ByteServer {
  const stopped = new AbortController();
  const server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen() {},
    onError: () => new Response(null, { status: 500 }),
  }, (request) => {
    // A copy: a request cannot be read once it is answered.
    const { url } = request;
    self.requests.push({ url, headers: new Headers(request.headers) });
    const { pathname } = new URL(request.url);
    const file = files[pathname];
    if (file === undefined) {
      return new Response(null, { status: pathname === "/503" ? 503 : 404 });
    }
    if (!(file instanceof Uint8Array)) {
      return new Response(file.text, {
        headers: { "content-type": file.type },
      });
    }
    return respond(request, file);
  });
  const self: ByteServer = {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests: [],
    sent: 0,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await server.shutdown();
    },
  };
  return self;

  function respond(request: Request, file: Uint8Array): Response {
    const range = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "");
    const start = range && faults.ranges !== false ? Number(range[1]) : 0;
    const part = file.subarray(start);
    const headers = new Headers();
    if (faults.length !== false) {
      headers.set("content-length", String(part.length));
    }
    if (start > 0) {
      const last = file.length - 1;
      headers.set("content-range", `bytes ${start}-${last}/${file.length}`);
    }
    return new Response(body(part), { status: start > 0 ? 206 : 200, headers });
  }

  function body(part: Uint8Array): ReadableStream<Uint8Array> {
    const size = 10_000;
    let done = 0;
    return new ReadableStream({
      async pull(controller) {
        if (done >= (faults.breakAfter ?? Infinity)) {
          controller.error(new Error("the connection broke"));
          return;
        }
        if (done >= (faults.stallAfter ?? Infinity)) {
          await new Promise<void>((resolve) => {
            stopped.signal.addEventListener("abort", () => resolve());
          });
          controller.error(new Error("the server stopped"));
          return;
        }
        if (faults.speed) {
          await new Promise((resolve) =>
            setTimeout(resolve, 1000 * size / faults.speed!)
          );
        }
        const chunk = part.subarray(done, done + size);
        done += chunk.length;
        self.sent += chunk.length;
        // The stream may have been cancelled during the wait.
        try {
          if (chunk.length > 0) controller.enqueue(new Uint8Array(chunk));
          if (done >= part.length) controller.close();
        } catch {
          return;
        }
      },
    });
  }
}
