/**
 * Starts a shell that outlives the launcher: when the launcher is gone, however it
 * went, the shell ends the kernel and removes the folder.
 *
 * It waits for the end of its standard input, which only the launcher holds.
 *
 * @param pid The kernel's process.
 * @param folder The kernel's private folder.
 * @returns What dismisses it, for a launcher that ends in good order.
 */
export function startGuardian(pid: number, folder: string): () => void {
  const script =
    `trap '' INT TERM HUP; read -r _; kill -9 "$1" 2>/dev/null; rm -rf -- "$2"`;
  const shell = new Deno.Command("sh", {
    args: ["-c", script, "slope-kernel-guardian", String(pid), folder],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    // Jupyter, when it is impatient, kills the whole process group.
    detached: true,
  }).spawn();
  return () => {
    try {
      shell.kill("SIGKILL");
    } catch {
      // Already gone.
    }
  };
}
