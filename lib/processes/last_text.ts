/** The most characters that are kept. */
const MOST = 4000;

/**
 * Reads what a process says to its end.
 *
 * @param stream Its standard error.
 * @param keep Told the last of it, whenever there is more.
 */
export async function lastText(
  stream: ReadableStream<Uint8Array>,
  keep: (text: string) => void,
): Promise<void> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    keep(text = (text + piece).slice(-MOST));
  }
}
