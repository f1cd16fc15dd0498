import type { TensorInfo } from "../../src/activations/activationFile.ts";
import { conditionShape } from "../../src/conditions/conditionShape.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import { describeTensor } from "../../src/protocol/words/shapes.ts";
import { holdsOneTensor, isMomentsPath } from "./fileTypes.ts";
import type { Translate } from "../translate.ts";
import type { KnownFile } from "./headerCache.ts";

/**
 * A file of the workspace (or a folder that is one container), a folder of other files, a tensor, the rest of a long
 * list, or a line that says something about the list.
 */
export type ActivationNode =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string; readonly files: readonly string[] }
  | { readonly kind: "more"; readonly list: string; readonly left: number }
  | { readonly kind: "tensor"; readonly path: string; readonly tensor: TensorInfo }
  | { readonly kind: "note"; readonly text: string; readonly severity: "info" | "error" };

/**
 * "53 x 3072 f32" where a file holds one tensor, "24 tensors" where more, "2 conditions" of moments; the size is in the
 * tooltip.
 */
export function describeFile(known: KnownFile, translate: Translate): string {
  if (!known) return "";
  if ("failure" in known) return translate("cannot be read");
  const { path, tensors } = known.summary;
  const [only] = tensors;
  if (tensors.length === 1 && only) return describeTensor(only);
  if (isMomentsPath(path)) return translate("{0} conditions", tensors.length);
  return translate("{0} tensors", tensors.length);
}

/** Whether there is something to expand; files of unknown content may be. */
export function isExpandable(path: string, known: KnownFile): boolean {
  if (!known) return !holdsOneTensor(path);
  if ("failure" in known) return false;
  return known.summary.tensors.length > 1 || known.summary.tensors[0]?.name !== "";
}

/** Whether a file as such can play a role: it holds exactly one matrix. */
export function isMarkable(path: string, known: KnownFile): boolean {
  if (!known) return holdsOneTensor(path);
  if ("failure" in known) return false;
  const [only, ...others] = known.summary.tensors;
  return only !== undefined && others.length === 0 && isMatrix(only);
}

/** Tensors that make a condition: readable numbers, two or three axes beside those of one. */
export function isMatrix({ shape, elementType, unreadable, axes }: TensorInfo): boolean {
  const hasShape = axes !== undefined || conditionShape(shape) !== undefined;
  return !unreadable && elementType !== "text" && hasShape;
}

/** So many rows of a list are shown at once. */
export const pageLength = 500;

/**
 * The first nodes of a list, and the rest as one row that shows the next of them.
 * @param list which it is: a folder's path, empty for the view's own
 * @param shown how many are
 */
export function pageOf<Node extends ActivationNode>(
  nodes: readonly Node[],
  list: string,
  shown: number,
): (Node | Extract<ActivationNode, { kind: "more" }>)[] {
  const left = nodes.length - shown;
  return left <= 0 ? [...nodes] : [...nodes.slice(0, shown), { kind: "more", list, left }];
}

/** More tensors than this are not listed, and that is said. */
export const tensorCap = 1000;

export function tensorNodes(
  { path, tensors }: FileSummary,
  translate: Translate,
): ActivationNode[] {
  const nodes: ActivationNode[] = tensors
    .slice(0, tensorCap)
    .map((tensor) => ({ kind: "tensor", path, tensor }));
  if (tensors.length > tensorCap) {
    nodes.push({
      kind: "note",
      severity: "info",
      text: translate("{0} more tensors are not listed", tensors.length - tensorCap),
    });
  }
  return nodes;
}

/** Lines of a file's tooltip: what it is and what it holds. */
export function fileTooltip(path: string, known: KnownFile, translate: Translate): string[] {
  if (!known) return [path];
  if ("failure" in known) return [known.failure];
  const { format, byteLength } = known.summary;
  return [path, `${format}, ${formatBytes(byteLength)}`, describeFile(known, translate)];
}
