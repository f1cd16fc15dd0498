import type { RunDocument } from "../runDocument.ts";
import { writtenOptions, type WrittenOptions } from "./options.ts";
import { writtenSummary, type WrittenSummary } from "./summary.ts";
import { writtenTransfer, type WrittenTransfer } from "./transfers.ts";

type Run = Omit<RunDocument, "tensors" | "version">;

/** Everything of a run but its tensors, as the metadata of a document have it. */
export type WrittenRun = Omit<Run, "options" | "summary" | "transfers"> & {
  readonly options: WrittenOptions;
  readonly summary: WrittenSummary;
  readonly transfers?: readonly WrittenTransfer[];
};

export function writtenRun({ options, summary, transfers, ...rest }: Run): WrittenRun {
  return {
    ...rest,
    options: writtenOptions(options),
    summary: writtenSummary(summary),
    ...(transfers === undefined ? {} : { transfers: transfers.map(writtenTransfer) }),
  };
}
