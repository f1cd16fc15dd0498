import { ofDirections, type DirectionName, type Directions } from "../../ged/method/directions.ts";
import { entryAt } from "../../lookup.ts";
import type { DocumentTensor, RunDocument, RunRecord } from "../runDocument.ts";
import { sharedProvenance } from "../sharedProvenance.ts";
import { tensorNames } from "../written/tensorNames.ts";
import type { ComparedDirection, ComparedRun, HeldOutRatio } from "./comparison.ts";
import type { LeadingVectors } from "./neuronSpace.ts";

/** As many components as a validation reports. */
const leading = 5;

/** What of a run is compared: all but the few vectors of a document may be let go. */
export interface ComparableRun {
  readonly run: ComparedRun;
  readonly record: Pick<RunRecord, "sources" | "summary" | "sentences">;
  /** Undefined if the document holds no loadings. */
  readonly vectors: Directions<LeadingVectors | undefined>;
}

/** Takes from a document what a comparison needs; nothing of what is returned refers to the document's tensors. */
export function comparableRun(document: RunDocument): ComparableRun {
  const { name, created, sources, summary, sentences, tensors } = document;
  const { target, reference, compression, rank, shrinkage } = summary;
  return {
    run: {
      ...(name === undefined ? {} : { name }),
      created,
      target,
      reference,
      provenance: sharedProvenance(document),
      shrinkage: shrinkage.gamma,
      components: compression.components,
      varianceKept: compression.varianceKept,
      rank: { target: rank.target, reference: rank.reference },
      directions: ofDirections((direction) => comparedDirection(summary, direction)),
    },
    record: { sources, summary, ...(sentences === undefined ? {} : { sentences }) },
    vectors: ofDirections((direction) => {
      const names = tensorNames[direction];
      const filters = leadingRows(tensors[names.filters]);
      const patterns = leadingRows(tensors[names.patterns]);
      return filters.length === 0 || patterns.length === 0 ? undefined : { filters, patterns };
    }),
  };
}

function comparedDirection(
  { directions, validation }: RunDocument["summary"],
  direction: DirectionName,
): ComparedDirection {
  const { eigenvalues, carriedVariance, silencedVariance } = directions[direction];
  const report = validation?.directions[direction];
  const p = report?.permutation?.heldOut?.p;
  const interval = report?.heldOutRatioInterval;
  const heldOut: HeldOutRatio | undefined = report?.heldOut
    ? {
        ratio: report.heldOut.ratio,
        ...(interval === undefined ? {} : { interval }),
        ...(p === undefined ? {} : { p }),
      }
    : undefined;
  return {
    eigenvalues: eigenvalues.slice(0, leading),
    inSampleRatio: entryAt(carriedVariance, 0) / entryAt(silencedVariance, 0),
    ...(heldOut === undefined ? {} : { heldOut }),
    ...(report === undefined ? {} : { verdict: report.verdict }),
  };
}

function leadingRows(tensor: DocumentTensor | undefined): Float64Array[] {
  const [rows = 0, columns = 0] = tensor?.shape ?? [];
  return Array.from({ length: Math.min(leading, rows) }, (_, i) =>
    Float64Array.from(tensor?.values.subarray(i * columns, (i + 1) * columns) ?? []),
  );
}
