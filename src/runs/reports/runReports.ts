import type { ValidationReport } from "../../ged/validation/report.ts";
import type { RunDocument } from "../runDocument.ts";
import type { RunTransfer } from "../runTransfer.ts";

/** What is found out about a run after it was made. */
export interface RunReports {
  /** Null before the first. */
  readonly validation: ValidationReport | null;
  /** Newest first. */
  readonly transfers: readonly RunTransfer[];
  /** What the user called it; absent if it goes by its conditions. */
  readonly name?: string;
}

type Reported = Pick<RunDocument, "summary" | "transfers" | "name">;

/** The reports of a run. */
export function reportsOf({ summary, transfers = [], name }: Reported): RunReports {
  return { validation: summary.validation, transfers, ...(name === undefined ? {} : { name }) };
}

/** A run with other reports. */
export function withReports<Run extends Reported>(
  run: Run,
  { validation, transfers, name }: RunReports,
): Run {
  const rest = withoutName({ ...run, summary: { ...run.summary, validation }, transfers });
  return { ...rest, ...(name === undefined ? {} : { name }) } as Run;
}

function withoutName<Run extends Reported>({ name: _name, ...rest }: Run) {
  return rest;
}
