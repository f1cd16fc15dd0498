import type { RunDocument } from "../runDocument.ts";
import { writtenSummary, type WrittenSummary } from "./summary.ts";
import { writtenTransfer, type WrittenTransfer } from "./transfers.ts";

type Run = Omit<RunDocument, "tensors" | "version">;

/** Everything of a run but its tensors, as the metadata of a document have it. */
export type WrittenRun = Omit<Run, "summary" | "transfers"> & {
  readonly summary: WrittenSummary;
  readonly transfers?: readonly WrittenTransfer[];
};

export function writtenRun({ summary, transfers, ...rest }: Run): WrittenRun {
  return {
    ...rest,
    summary: writtenSummary(summary),
    ...(transfers === undefined ? {} : { transfers: transfers.map(writtenTransfer) }),
  };
}
