/** The cell that runs, or ran last. */
export interface Cell {
  /** The name of the request that runs it. */
  id: string;
  /** That request's header, as it came. */
  parent: Uint8Array;
  /** What is run. */
  code: string;
  /** Whether it still runs. */
  running: boolean;
  /** Presses of Stop. */
  presses: number;
  /** Whether its running code was terminated. */
  terminated: boolean;
}
