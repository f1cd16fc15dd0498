import type { ConditionName, DirectionName } from "../../ged/method/directions.ts";
import { lookup } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import type { TensorHeader } from "../checksums.ts";
import { rowsAtHand } from "../rowsAtHand.ts";
import type { RunSummary } from "../summary.ts";
import { tensorNames } from "../written/tensorNames.ts";

/** How many components of a direction are mapped to neurons. */
const mappedOf = { forward: "m", swapped: "mSwapped" } as const;
type MappedOf = typeof mappedOf;

/**
 * An extent of a tensor, as {@link RunDocument} names it: k, D, nA and nB (rows at hand) are the summary's; the others
 * are free, but the same wherever they occur (M = k + further).
 */
type Extent = "k" | "D" | "nA" | "nB" | "M" | "further" | MappedOf[DirectionName];

interface TensorKind {
  readonly shape: readonly Extent[];
  /** Left out where it would be too large. */
  readonly optional?: true;
  /** Stands only if this one stands. */
  readonly needs?: string;
}

const pairOf = (
  { target, reference }: Readonly<Record<ConditionName, string>>,
  second: Extent,
): Readonly<Record<string, TensorKind>> => ({
  [target]: { shape: ["nA", second], optional: true, needs: reference },
  [reference]: { shape: ["nB", second], optional: true, needs: target },
});

const kindsOf = (direction: DirectionName): Readonly<Record<string, TensorKind>> => {
  const names = tensorNames[direction];
  const m = mappedOf[direction];
  return {
    [names.eigenvalues]: { shape: ["k"] },
    [names.vectors]: { shape: [m, "k"] },
    [names.filters]: { shape: [m, "D"] },
    [names.patterns]: { shape: [m, "D"] },
    [names.meanDifference]: { shape: [m] },
    ...pairOf(names.projections, m),
  };
};

const kinds: Readonly<Record<string, TensorKind>> = {
  "compression.eigenvalues": { shape: ["k"] },
  "compression.components": { shape: ["k", "D"], optional: true },
  "compression.furtherComponents": {
    shape: ["further", "D"],
    optional: true,
    needs: "compression.components",
  },
  "covariance.target": { shape: ["k", "k"] },
  "covariance.reference": { shape: ["k", "k"] },
  ...pairOf({ target: "scores.target", reference: "scores.reference" }, "M"),
  ...kindsOf("forward"),
  ...kindsOf("swapped"),
  "difference.discriminant": { shape: ["D"], optional: true },
  "difference.eraser": { shape: ["D"], optional: true },
  "neurons.target.mean": { shape: ["D"] },
  "neurons.target.variance": { shape: ["D"] },
  "neurons.reference.mean": { shape: ["D"] },
  "neurons.reference.variance": { shape: ["D"] },
};

/**
 * What is wrong with a document's tensors: unknown or missing ones, shapes that contradict each other or
 * the summary. Nothing of their values is looked at.
 * @returns a clause, or undefined if all is as it must be
 */
export function tensorFault(
  tensors: readonly TensorHeader[],
  summary: Pick<RunSummary, "target" | "reference" | "atHand" | "compression">,
): string | undefined {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  for (const [name, { optional, needs }] of Object.entries(kinds)) {
    if (!shapes.has(name) && optional !== true) return `its tensor ${name} is missing`;
    if (shapes.has(name) && needs !== undefined && !shapes.has(needs)) {
      return `its tensor ${needs} is missing`;
    }
  }
  const extents = extentsOf(shapes, summary);
  for (const { name, shape } of tensors) {
    const kind = lookup(kinds, name);
    if (kind === undefined) return `its tensor ${printable(name)} is unknown`;
    const expected = kind.shape.map((extent) => extents[extent]);
    if (shape.join() !== expected.join()) {
      return `its tensor ${name} has the shape [${shape.join(", ")}] instead of [${expected.join(", ")}]`;
    }
  }
  const most = Math.max(extents.m, extents.mSwapped);
  return most > extents.k ? `it maps ${most} of ${extents.k} components` : undefined;
}

function extentsOf(
  shapes: ReadonlyMap<string, readonly number[]>,
  summary: Pick<RunSummary, "target" | "reference" | "atHand" | "compression">,
): Readonly<Record<Extent, number>> {
  const first = (name: string) => shapes.get(name)?.[0] ?? 0;
  const k = summary.compression.components;
  const shown = rowsAtHand(summary);
  const further = first("compression.furtherComponents");
  return {
    k,
    D: summary.target.columns,
    nA: shown.target,
    nB: shown.reference,
    M: k + further,
    further,
    m: first(tensorNames.forward.vectors),
    mSwapped: first(tensorNames.swapped.vectors),
  };
}
