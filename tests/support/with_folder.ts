/** Runs a test in a new folder, which is removed afterwards. */
export async function withFolder<T>(
  test: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "slope_" });
  try {
    return await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
