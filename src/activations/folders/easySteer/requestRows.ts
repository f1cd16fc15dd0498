import { isLabelOf, type CaptureRequest } from "./manifest.ts";

/** A request with the rows of the array that hold its tokens. */
export interface CapturedRequest extends CaptureRequest {
  readonly tokens: readonly number[];
}

/** Which rows belong to which request. */
export interface RequestRows {
  /** Those of which a token was captured, in the order of the prompts. */
  readonly requests: readonly CapturedRequest[];
  requestOf(row: number): CapturedRequest | undefined;
}

/**
 * Groups rows by the request that their label names; labels that no request claims are requests of their own, after the
 * others.
 * @param labels one per row
 */
export function requestRows(
  labels: readonly string[],
  requests: readonly CaptureRequest[],
): RequestRows {
  const byLabel = new Map<string, number[]>();
  for (const [row, label] of labels.entries()) {
    const rows = byLabel.get(label);
    if (rows === undefined) byLabel.set(label, [row]);
    else rows.push(row);
  }
  const found: CapturedRequest[] = [];
  const unclaimed = new Map(byLabel);
  const suffixed = new Map<string, string>();
  for (const label of byLabel.keys()) {
    const id = label.replace(/-[0-9a-f]{8}$/, "");
    if (isLabelOf(label, id)) suffixed.set(id, label);
  }
  for (const request of requests) {
    const label = unclaimed.has(request.id) ? request.id : suffixed.get(request.id);
    const tokens = label === undefined ? undefined : unclaimed.get(label);
    if (label === undefined || tokens === undefined) continue;
    unclaimed.delete(label);
    found.push({ ...request, tokens });
  }
  for (const [id, tokens] of unclaimed) found.push({ id, tokens });
  const owners = new Map<number, CapturedRequest>();
  for (const request of found) for (const row of request.tokens) owners.set(row, request);
  return { requests: found, requestOf: (row) => owners.get(row) };
}
