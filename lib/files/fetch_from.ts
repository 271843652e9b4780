/** A file could not be downloaded, or is not the one that was expected. */
export class DownloadError extends Error {
  /** The name of this class of errors. */
  override name = "DownloadError";
}

/** As {@linkcode DownloadError}, where another attempt may succeed. */
export class InterruptedDownloadError extends DownloadError {
  /** The name of this class of errors. */
  override name = "InterruptedDownloadError";
}

/** What to fetch, and how. */
export interface FetchFromOptions {
  /** The whole file's size. */
  bytes: number;
  /** Headers to send, such as `authorization`. */
  headers?: Record<string, string>;
  /** The client to use, such as one with a certificate of a company. */
  client?: Deno.HttpClient;
  /** Ends the request. */
  signal?: AbortSignal;
  /** Milliseconds without a byte after which the connection is given up. @default {60_000} */
  patience?: number;
}

/**
 * The bytes of a file on a server, from an offset on.
 *
 * @param url Where the file is; `http:` or `https:`.
 * @param offset The first byte that is wanted.
 * @param options What is known of the file, and how to fetch it.
 * @returns The bytes in pieces. If the server sends the whole file although
 * only its end was asked for, `"from the start"` comes first.
 * @throws {DownloadError} If the server does not have the file, or has one of
 * another size.
 * @throws {InterruptedDownloadError} If the connection breaks or falls silent,
 * or the server is busy.
 *
 * @example
 * ```ts
 * import { fetchFrom } from "./fetch_from.ts";
 * import { rejects } from "node:assert";
 *
 * const server = Deno.serve(
 *   { port: 0, onListen() {} },
 *   () => new Response(null, { status: 404 }),
 * );
 * const url = `http://localhost:${server.addr.port}/file`;
 * await rejects(fetchFrom(url, 0, { bytes: 3 }).next(), /answered 404/);
 * await server.shutdown();
 * ```
 */
export async function* fetchFrom(
  url: string | URL,
  offset: number,
  options: FetchFromOptions,
): AsyncGenerator<Uint8Array | "from the start"> {
  const { bytes, client, signal, patience = 60_000 } = options;
  const silence = new AbortController();
  const giveUp = () => silence.abort();
  let timer = setTimeout(giveUp, patience);
  try {
    const response = await fetch(url, {
      headers: {
        ...options.headers,
        // Compressed on its way, the file could not be resumed by offset.
        "accept-encoding": "identity",
        ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
      },
      signal: signal
        ? AbortSignal.any([signal, silence.signal])
        : silence.signal,
      ...(client ? { client } : {}),
    });
    try {
      if (isWhole(response, offset, bytes, showUrl(url)) && offset > 0) {
        yield "from the start";
      }
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(giveUp, patience);
    }
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    const reason = silence.signal.aborted
      ? `nothing came for ${patience / 1000} s`
      : reasonOf(error);
    throw new InterruptedDownloadError(
      `${showUrl(url)} cannot be read: ${reason}`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

/**
 * An address without user name, password and query, fit for a message.
 *
 * @param url The address.
 * @returns Protocol, host and path.
 *
 * @example
 * ```ts
 * import { showUrl } from "./fetch_from.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(showUrl("https://me:secret@host/a?key=b"), "https://host/a");
 * ```
 */
export function showUrl(url: string | URL): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/**
 * Why a fetch failed, in the words of whatever failed first.
 *
 * @param error What `fetch` threw.
 * @returns The innermost cause's message.
 *
 * @example
 * ```ts
 * import { reasonOf } from "./fetch_from.ts";
 * import { strictEqual } from "node:assert";
 *
 * const cause = new Error("Connection refused");
 * strictEqual(reasonOf(new TypeError("fetch failed", { cause })), "Connection refused");
 * ```
 */
export function reasonOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) {
    inner = inner.cause;
  }
  const text = inner instanceof Error ? inner.message : String(inner);
  // The address, with all that is in it, is not for messages: see `showUrl`.
  return text.replace(/^error sending request for url \([^)]*\): /, "");
}

/** Whether a response is the whole file and not its end. */
function isWhole(
  response: Response,
  offset: number,
  bytes: number,
  url: string,
): boolean {
  const { status, headers } = response;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(
      headers.get("content-range") ?? "",
    );
    requireSize(range?.[2] ?? "*", bytes, url);
    if (Number(range?.[1]) === offset) return false;
    throw new DownloadError(`${url} answered with another part of the file`);
  }
  if (status === 200) {
    if (!headers.has("content-encoding")) {
      requireSize(headers.get("content-length") ?? "*", bytes, url);
    }
    return true;
  }
  const message = `${url} answered ${status} ${response.statusText}`.trimEnd();
  const temporary = status >= 500 || status === 408 || status === 429;
  throw temporary
    ? new InterruptedDownloadError(message)
    : new DownloadError(message);
}

function requireSize(size: string, bytes: number, url: string): void {
  if (size !== "*" && Number(size) !== bytes) {
    throw new DownloadError(`${url} has ${size} bytes, expected ${bytes}`);
  }
}
