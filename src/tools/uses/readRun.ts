import { describeRun } from "../../commandLine/describe/describeRun.ts";
import { describeSource } from "../../conditions/naming/describeSource.ts";
import { wereFitted } from "../../engine/transfer/transferToFiles.ts";
import { rolesOf } from "../../exports/bundle/exportedRun.ts";
import { directionNames } from "../../ged/method/directions.ts";
import type { RunRecord } from "../../runs/runDocument.ts";
import type { RunTransfer } from "../../runs/runTransfer.ts";
import type { RunSummary, SourceRecord } from "../../runs/summary.ts";
import type { SourceFacts, TransferResult } from "../api/results.ts";
import { quotedSummary } from "../findings/quoted.ts";
import { runFindings } from "../findings/runFindings.ts";
import { transferFindings } from "../findings/transferFindings.ts";
import { settledPath } from "../places/sources.ts";
import { readRunInput } from "../schemas/inputs.ts";
import { readRunResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData } from "../tool.ts";

/** What a run document says. */
export const readRun = defineTool({
  title: "Read a run",
  description: `Reads a finished run (NAME.ged.safetensors): its directions, its validation and verdicts if it was validated, what it was made from, and what its directions did on other files. Computes nothing. ${heldOutOrNot} ${namesAreData}`,
  input: readRunInput,
  result: readRunResult,
  writes: false,
  async use({ run }, { engine, folder }) {
    const path = settledPath(run, folder);
    const record: RunRecord = await engine.readRecord({ path });
    const { summary, sources, version, created, transfers = [] } = record;
    return {
      result: {
        run: path,
        ...runFindings(summary),
        version,
        created,
        sources: { target: sourceFacts(sources.target), reference: sourceFacts(sources.reference) },
        transfers: transfers.map((transfer) => ({
          created: transfer.created,
          components: componentsOf(transfer, summary),
        })),
      },
      lines: describeRun(quotedSummary(summary), "validate_run"),
    };
  },
});

function sourceFacts({
  condition,
  format,
  elementType,
  hash,
  provenance,
}: SourceRecord): SourceFacts {
  return {
    source: describeSource(condition),
    format,
    dtype: elementType,
    hash,
    ...(provenance === undefined ? {} : { provenance: { ...provenance } }),
  };
}

function componentsOf(transfer: RunTransfer, summary: RunSummary): TransferResult[] {
  const { target, reference, warnings } = transfer;
  return directionNames.flatMap((direction) => {
    const { carried, silenced } = rolesOf(direction, summary);
    return transfer[direction].map(({ index, transferred, ratioInterval, p }) =>
      transferFindings({
        component: index + 1,
        carries: carried.name,
        silences: silenced.name,
        target: target.label,
        reference: reference.label,
        fitted: wereFitted(warnings),
        ...transferred,
        ratio: transferred.carriedVariance / transferred.silencedVariance,
        ...(ratioInterval === undefined ? {} : { interval: ratioInterval }),
        ...(p === undefined ? {} : { p }),
        warnings,
      }),
    );
  });
}
