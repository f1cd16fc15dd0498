import type { ValidationReport } from "../../ged/validation/report.ts";
import type { RunDocument } from "../runDocument.ts";
import type { RunTransfer } from "../runTransfer.ts";

/** What is found out about a run after it was made. */
export interface RunReports {
  /** Null before the first. */
  readonly validation: ValidationReport | null;
  /** Newest first. */
  readonly transfers: readonly RunTransfer[];
}

type Reported = Pick<RunDocument, "summary" | "transfers">;

/** The reports of a run. */
export function reportsOf({ summary, transfers = [] }: Reported): RunReports {
  return { validation: summary.validation, transfers };
}

/** A run with other reports. */
export function withReports<Run extends Reported>(
  run: Run,
  { validation, transfers }: RunReports,
): Run {
  return {
    ...run,
    summary: { ...run.summary, validation },
    transfers,
  };
}
