/**
 * Runs what was declared to Jasmine and sums it up.
 *
 * @module
 */

interface Expectation {
  message: string;
}

interface Result {
  fullName: string;
  status: string;
  failedExpectations: Expectation[];
}

/** The part of Jasmine's `Env` that is used here. */
export interface JasmineEnvironment {
  configure(options: {
    random: boolean;
    specFilter: (spec: { getFullName(): string }) => boolean;
  }): void;
  clearReporters(): void;
  addReporter(reporter: {
    specDone(result: Result): void;
    suiteDone(result: Result): void;
    jasmineDone(result: { failedExpectations: Expectation[] }): void;
  }): void;
  execute(): Promise<unknown>;
}

/** What a run gave. */
export interface Results {
  passed: number;
  skipped: number;
  failures: { name: string; message: string }[];
}

/**
 * Executes all specs. What they print is dropped: some test TensorFlow.js's own
 * debug output.
 *
 * @returns Counts, and each failure in the order of the specs; a failure outside
 * any spec (`beforeAll`, `afterAll`, an error while loading) counts as one too.
 */
export async function collectResults(
  environment: JasmineEnvironment,
): Promise<Results> {
  const results: Results = { passed: 0, skipped: 0, failures: [] };
  const fail = (name: string, expectations: readonly Expectation[]): void => {
    const message = expectations.map((expectation) => expectation.message);
    results.failures.push({ name, message: message.join("\n") });
  };
  environment.clearReporters();
  environment.addReporter({
    specDone({ fullName, status, failedExpectations }): void {
      if (status === "passed") results.passed++;
      else if (status === "failed") fail(fullName, failedExpectations);
      else results.skipped++;
    },
    suiteDone({ fullName, failedExpectations }): void {
      if (failedExpectations.length > 0) fail(fullName, failedExpectations);
    },
    jasmineDone({ failedExpectations }): void {
      if (failedExpectations.length > 0) fail("the suite", failedExpectations);
    },
  });
  const { log, warn } = console;
  console.log = console.warn = (): void => {};
  try {
    await environment.execute();
  } finally {
    Object.assign(console, { log, warn });
  }
  return results;
}
