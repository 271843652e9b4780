/** What the preload rests on inside Deno's kernel; the private parts may go away. */
export interface DenoKernel {
  /** Deno's public notebook functions. */
  jupyter: {
    broadcast(
      type: string,
      content: unknown,
      extra?: { metadata?: unknown; buffers?: Uint8Array[] },
    ): Promise<void>;
    display(value: unknown, options?: unknown): Promise<void>;
  };
  /** The private object whose `broadcastResult` each cell ends with. */
  results: {
    broadcastResult(count: number, value: unknown): Promise<void>;
  } | undefined;
}

/** Finds it. */
export function denoKernel(): DenoKernel {
  const deno = Deno as unknown as
    & Record<symbol, { jupyter?: Partial<DenoKernel["results"]> }>
    & { internal: symbol };
  const { jupyter } = deno[deno.internal] ?? {};
  return {
    jupyter: Deno.jupyter as unknown as DenoKernel["jupyter"],
    results: typeof jupyter?.broadcastResult === "function"
      ? jupyter as DenoKernel["results"]
      : undefined,
  };
}
