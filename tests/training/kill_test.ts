/** Runs that are killed and resumed. */
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { killAndResume } from "./killed_runs.ts";

tensorflowTest(
  "runs killed at random moments make the records of runs left alone",
  () => withFolder((folder) => killAndResume(folder)),
);
