import { describeSource } from "../../conditions/naming/describeSource.ts";
import type { DocumentTensor, RunDocument } from "../../runs/runDocument.ts";
import { safetensorsHeader } from "../../runs/safetensorsHeader.ts";
import { sharedProvenance } from "../../runs/sharedProvenance.ts";
import type { SourceRecord } from "../../runs/summary.ts";
import { version } from "../../version.ts";
import { directionVectors, type DirectionVectors } from "./directionVectors.ts";
import {
  heldOutP,
  rolesOf,
  scoredComponent,
  unitsOf,
  type ExportedComponent,
} from "./exportedRun.ts";
import { entryAt } from "../../lookup.ts";

/** The value of `format` in a bundle's `__metadata__`. */
export const bundleFormat = "eigenlens.direction/1";

/**
 * One component as a safetensors file that any tool reads: its vectors, [D] float64 each, and what is known of it as
 * metadata. What is not known is absent.
 * @returns header, then the bytes of each tensor, to be written in this order
 * @throws EigenlensError as {@link directionVectors} does
 */
export function directionBundle(exported: ExportedComponent): Uint8Array[] {
  const tensors = bundleTensors(directionVectors(exported));
  const data = Object.values(tensors).map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return [safetensorsHeader(bundleMetadata(exported), tensors), ...data];
}

function bundleTensors(vectors: DirectionVectors): Record<string, DocumentTensor> {
  const { discriminant, eraser } = vectors;
  const named = {
    filter: vectors.filter,
    pattern: vectors.pattern,
    mean_carried: vectors.meanCarried,
    mean_silenced: vectors.meanSilenced,
    mean_difference: vectors.meanDifference,
    ...(discriminant === undefined ? {} : { discriminant }),
    ...(eraser === undefined
      ? {}
      : {
          erase_left: vectors.meanDifference,
          erase_right: eraser,
          erase_bias: vectors.overallMean,
        }),
  };
  return Object.fromEntries(
    Object.entries(named).map(([name, values]) => [name, { shape: [values.length], values }]),
  );
}

/** The metadata of a bundle: texts, numbers written so that they read back as the same double. */
export function bundleMetadata(exported: ExportedComponent): Record<string, string> {
  const { document, component } = exported;
  const { direction, index } = component;
  const { summary, sources } = document;
  const names = rolesOf(direction, summary);
  const records = rolesOf(direction, sources);
  const separation = summary.directions[direction];
  const carried = entryAt(separation.carriedVariance, index);
  const silenced = entryAt(separation.silencedVariance, index);
  const scored = scoredComponent(exported);
  const deviation = (variance: number | undefined) =>
    variance === undefined ? undefined : Math.sqrt(variance) * unitsOf(document);
  const numbers = {
    component: index + 1,
    gamma: summary.shrinkage.gamma[direction],
    share: shareOf(document),
    components: summary.compression.components,
    ratio_in_sample: carried / silenced,
    ratio_held_out: scored?.heldOut?.ratio,
    ratio_held_out_low: scored?.heldOutRatioInterval?.low,
    ratio_held_out_high: scored?.heldOutRatioInterval?.high,
    p: heldOutP(exported),
    sd_carried: deviation(carried),
    sd_silenced: deviation(silenced),
    sd_carried_held_out: deviation(scored?.heldOut?.carriedVariance),
    sd_silenced_held_out: deviation(scored?.heldOut?.silencedVariance),
  };
  return {
    format: bundleFormat,
    carried: names.carried.name,
    silenced: names.silenced.name,
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([key, value]) =>
        value === undefined || !Number.isFinite(value) ? [] : [[key, String(value)]],
      ),
    ),
    ...sharedProvenance(document),
    sources: JSON.stringify({
      carried: sourceOf(records.carried),
      silenced: sourceOf(records.silenced),
    }),
    eigenlens: version,
  };
}

/** A fixed number of components counts as the share that they hold. */
function shareOf({ options, summary }: RunDocument): number {
  return "share" in options.keep ? options.keep.share : summary.compression.varianceKept;
}

function sourceOf(record: SourceRecord): Record<string, string> {
  const { condition, format, tensor, elementType, hash } = record;
  return { source: describeSource(condition), format, tensor, elementType, hash };
}
