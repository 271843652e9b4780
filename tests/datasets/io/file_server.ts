/** How a file of the server behaves. */
export interface ServedFile {
  /** Its bytes. */
  bytes: Uint8Array;
  /** Whether it answers to Range. @default {true} */
  ranges?: boolean;
  /** The responses, from the first on, that break off half way. @default {0} */
  broken?: number;
  /** Milliseconds between pieces of a hundredth. @default {0} */
  delay?: number;
}

/** A server on this machine, for tests of downloads. */
export interface FileServer extends AsyncDisposable {
  /** The address of a file. */
  url(name: string): string;
  /** The requests so far: the file's name and the value of Range. */
  requests: string[];
}

/** Serves files by name; other names are answered with 404. */
export function serveFiles(files: Record<string, ServedFile>): FileServer {
  const requests: string[] = [];
  const broken = new Map<string, number>();
  const server = Deno.serve({ port: 0, onListen() {} }, (request) => {
    const name = new URL(request.url).pathname.slice(1);
    const range = request.headers.get("range");
    requests.push(range === null ? name : `${name} ${range}`);
    const file = files[name];
    if (file === undefined) return new Response("no", { status: 404 });
    const from = file.ranges === false ? 0 : Number(range?.match(/\d+/) ?? 0);
    const breaks = (broken.get(name) ?? 0) < (file.broken ?? 0);
    broken.set(name, (broken.get(name) ?? 0) + 1);
    const total = file.bytes.length;
    const end = breaks ? Math.ceil((from + total) / 2) : total;
    const piece = Math.ceil(total / 100);
    let at = from;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (file.delay) {
          await new Promise((resolve) => setTimeout(resolve, file.delay));
        }
        if (at < end) {
          controller.enqueue(
            file.bytes.slice(at, at = Math.min(end, at + piece)),
          );
        } else controller.close();
      },
    });
    const headers = {
      "content-length": `${total - from}`,
      ...(from > 0
        ? { "content-range": `bytes ${from}-${total - 1}/${total}` }
        : {}),
    };
    return new Response(body, { status: from > 0 ? 206 : 200, headers });
  });
  return {
    url: (name) => `http://localhost:${server.addr.port}/${name}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
