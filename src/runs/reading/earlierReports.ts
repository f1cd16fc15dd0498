import { isRecord } from "../../lookup.ts";

const explained =
  "An earlier Eigenlens validated this run; its p compared another number than the ratio beside it and took a difference of means for one of variances, so that report is left out: validate the run again.";

/**
 * The entries of a document of format 1 without what its validation and its transfers said of chance: labels were
 * permuted with the conditions' means in the rows then.
 * @param entries of the metadata, parsed but not yet checked
 */
export function withoutEarlierReports(
  entries: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { summary, transfers } = entries;
  return {
    ...entries,
    ...(isRecord(summary) && isRecord(summary.validation)
      ? {
          summary: {
            ...summary,
            validation: null,
            warnings: Array.isArray(summary.warnings)
              ? [...(summary.warnings as unknown[]), explained]
              : summary.warnings,
          },
        }
      : {}),
    ...(Array.isArray(transfers) ? { transfers: transfers.map(withoutP) } : {}),
  };
}

function withoutP(transfer: unknown): unknown {
  if (!isRecord(transfer)) return transfer;
  const strip = (components: unknown): unknown =>
    Array.isArray(components)
      ? components.map((component: unknown) => {
          if (!isRecord(component)) return component;
          return Object.fromEntries(Object.entries(component).filter(([key]) => key !== "p"));
        })
      : components;
  return { ...transfer, forward: strip(transfer.forward), swapped: strip(transfer.swapped) };
}
