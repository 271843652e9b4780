import { DownloadError, reasonOf, showUrl } from "../../files/mod.ts";
import type { Wheel } from "./manifest.ts";

/** Where a wheel can be fetched. */
export interface WheelAddress {
  /** The wheel's address. */
  url: URL;
  /** Headers to send there. */
  headers: Record<string, string>;
}

/** The most bytes that an index's page on one project may have. */
const largestPage = 1 << 26;

/**
 * Looks a wheel up on a package index.
 *
 * Understands the JSON form of the simple repository API and the older HTML.
 * The name and password of an index's address go, as basic authorisation, to
 * its host only.
 *
 * @param index The index's address.
 * @param wheel The wheel.
 * @param options The client to use, and a signal that ends the request.
 * @returns Where the wheel is.
 * @throws {DownloadError} If the index cannot be read or lacks the wheel, or
 * lists another SHA-256 for it.
 *
 * Reference: PEP 503 (HTML) and PEP 691 (JSON).
 *
 * @example
 * ```ts
 * import { findWheel } from "./package_index.ts";
 * import { strictEqual } from "node:assert";
 *
 * const wheel = {
 *   project: "tensorflow-cpu",
 *   version: "2.21.0",
 *   filename: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
 *   bytes: 3,
 *   sha256: "00",
 *   files: [],
 * };
 * const server = Deno.serve({ port: 0, onListen() {} }, () =>
 *   new Response(`<a href="/f/${wheel.filename}#sha256=00">the wheel</a>`, {
 *     headers: { "content-type": "text/html" },
 *   }));
 * const { url } = await findWheel(`http://localhost:${server.addr.port}`, wheel);
 * strictEqual(url.pathname, `/f/${wheel.filename}`);
 * await server.shutdown();
 * ```
 */
export async function findWheel(
  index: string,
  wheel: Wheel,
  options: { client?: Deno.HttpClient; signal?: AbortSignal } = {},
): Promise<WheelAddress> {
  const page = pageOf(index, wheel.project);
  const headers = authorisation(page);
  page.username = page.password = "";
  const { body, isJson, base } = await read(page, headers, options);
  const found = (isJson ? readJson : readHtml)(body, wheel.filename);
  if (found === undefined) {
    throw new DownloadError(`${showUrl(page)} does not list ${wheel.filename}`);
  }
  if (found.sha256 !== undefined && found.sha256 !== wheel.sha256) {
    throw new DownloadError(
      `${
        showUrl(page)
      } lists SHA-256 ${found.sha256} for ${wheel.filename}, expected ${wheel.sha256}`,
    );
  }
  const url = URL.parse(found.href, base);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new DownloadError(
      `${showUrl(page)} lists no usable address for ${wheel.filename}`,
    );
  }
  return { url, headers: url.host === page.host ? headers : {} };
}

function pageOf(index: string, project: string): URL {
  const page = URL.parse(`${index.replace(/\/+$/, "")}/${project}/`);
  if (page === null || !/^https?:$/.test(page.protocol)) {
    throw new DownloadError("The package index's address is not an http one");
  }
  return page;
}

function authorisation(page: URL): Record<string, string> {
  if (!page.username && !page.password) return {};
  const name = decodeURIComponent(page.username);
  const pair = `${name}:${decodeURIComponent(page.password)}`;
  const encoded = new TextEncoder().encode(pair).toBase64();
  return { authorization: `Basic ${encoded}` };
}

async function read(
  page: URL,
  headers: Record<string, string>,
  options: { client?: Deno.HttpClient; signal?: AbortSignal },
): Promise<{ body: string; isJson: boolean; base: string }> {
  const timeout = AbortSignal.timeout(60_000);
  try {
    const response = await fetch(page, {
      ...options,
      headers: {
        ...headers,
        accept:
          "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1",
      },
      signal: options.signal
        ? AbortSignal.any([options.signal, timeout])
        : timeout,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new DownloadError(
        `${showUrl(page)} answered ${response.status} ${response.statusText}`
          .trimEnd(),
      );
    }
    const type = response.headers.get("content-type") ?? "";
    return {
      body: await readText(response),
      isJson: /\bjson\b/.test(type),
      base: response.url,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(
      `${showUrl(page)} cannot be read: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestPage) {
      throw new DownloadError(`${showUrl(response.url)} is too large a page`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** A file as an index lists it. */
interface Listed {
  href: string;
  sha256: string | undefined;
}

function readJson(body: string, filename: string): Listed | undefined {
  for (const file of filesOf(body)) {
    if (file?.filename !== filename || typeof file.url !== "string") continue;
    const sha256 = (file.hashes as { sha256?: unknown } | undefined)?.sha256;
    return {
      href: file.url,
      sha256: typeof sha256 === "string" ? sha256 : undefined,
    };
  }
  return undefined;
}

function filesOf(body: string): Record<string, unknown>[] {
  try {
    const { files } = JSON.parse(body);
    return Array.isArray(files) ? files : [];
  } catch {
    return [];
  }
}

function readHtml(body: string, filename: string): Listed | undefined {
  for (const [, quoted, plain] of body.matchAll(links)) {
    const href = unescapeHtml(quoted ?? plain ?? "");
    const [path = "", fragment = ""] = href.split("#");
    const name = path.split("?")[0]!.split("/").at(-1)!;
    if (decode(name) !== filename) continue;
    return { href, sha256: /\bsha256=([0-9a-f]{64})\b/.exec(fragment)?.[1] };
  }
  return undefined;
}

const links = /<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

function unescapeHtml(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
