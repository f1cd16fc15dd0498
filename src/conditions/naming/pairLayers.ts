import { namedLayerOf } from "./layerNumber.ts";
import { fileStem } from "./guessName.ts";
import { likeliestPair, type ConditionCandidate } from "./proposeConditions.ts";

/** Two conditions recorded at the same layer. */
export interface LayerPair {
  /** As counted in the tensor's or file's name. */
  readonly layer: number;
  /** The place without its condition: "blocks.6.mlp.hook_post". */
  readonly label: string;
  readonly target: ConditionCandidate;
  readonly reference: ConditionCandidate;
}

/**
 * Groups candidates by layer and pairs the two conditions in each.
 *
 * The layer is the number after "layer", "block", "h" or "L" in the tensor's name, or else in the file's;
 * failing that, the last number in it. Where one layer was recorded in several places (attention and MLP),
 * each place is a pair of its own.
 * @returns pairs by place, then layer; empty if no layer has two conditions that fit together
 */
export function pairLayers(candidates: readonly ConditionCandidate[]): LayerPair[] {
  const groups = new Map<string, { layer: number; members: ConditionCandidate[] }>();
  for (const candidate of candidates) {
    const text = placeText(candidate);
    const { layer: chosen, head } = candidate.source;
    const layer = chosen ?? layerNumber(text);
    if (layer === undefined) continue;
    const place = [
      text,
      ...(chosen === undefined ? [] : [`layer ${chosen}`]),
      ...(head === undefined ? [] : [head === "all" ? "all heads" : `head ${head}`]),
    ]
      .filter((part) => part !== "")
      .join(" ");
    const group = groups.get(place) ?? { layer, members: [] };
    group.members.push(candidate);
    groups.set(place, group);
  }
  const pairs: LayerPair[] = [];
  for (const [label, { layer, members }] of groups) {
    const pair = likeliestPair(members);
    if (pair !== undefined) pairs.push({ layer, label, ...pair });
  }
  const template = ({ label, layer }: LayerPair) => label.replace(String(layer), "#");
  return pairs.sort((a, b) => template(a).localeCompare(template(b)) || a.layer - b.layer);
}

/** The candidate's tensor (or file stem) without the word that names its condition. */
function placeText({ source, name }: ConditionCandidate): string {
  const tensor = source.tensor ?? "";
  const text = layerNumber(tensor) === undefined ? `${fileStem(source.path)} ${tensor}` : tensor;
  if (source.label !== undefined) return tidy(text);
  const word = new RegExp(
    `(^|[^\\p{L}\\p{N}])${escapeExpression(name)}(?=$|[^\\p{L}\\p{N}])`,
    "iu",
  );
  return tidy(text.replace(word, "$1"));
}

function tidy(text: string): string {
  return text.trim().replace(/^[._\-\s/]+|[._\-\s/]+$/g, "");
}

function layerNumber(text: string): number | undefined {
  const last = text.match(/\d+/g)?.at(-1);
  return namedLayerOf(text) ?? (last === undefined ? undefined : Number(last));
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
