import * as vscode from "vscode";
import type { NormKind } from "../../src/directions/lens/normKinds.ts";
import type { LensFiles } from "../../src/protocol/steering.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import {
  chooseFile,
  chooseWeight,
  tensorsLike,
  type Inspect,
  type WeightSource,
} from "./chooseWeight.ts";

/** Where in a model the directions are. */
export interface LensSite {
  /** How many values a direction has. */
  readonly width: number;
  /** As the provenance says; undefined if it says nothing. */
  readonly component: string | undefined;
}

/** Names that models of today give to the weights. */
const names = {
  unembedding: /lm_head|embed_out|unembed|W_U|output\.weight|embed_tokens|wte|word_embeddings/,
  norm: /^(?!.*(layers|blocks|\bh)\.\d).*(norm|ln_f)/i,
  down: /down_proj|c_proj|fc2|W_out|dense_4h_to_h|w2/,
};
const vocabularies = "**/{tokenizer.json,*vocab*.json,*vocab*.txt,*tokens*.txt}";

/**
 * Asks for the unembedding, the tokens' names, the final norm and, if the site is an MLP's, its down-projection.
 * @param last what was chosen before; it comes first
 * @returns undefined if the user gave up
 * @throws EigenlensError if a file cannot be read
 */
export async function chooseLensFiles(
  { width, component }: LensSite,
  inspect: Inspect,
  last: LensFiles | undefined,
): Promise<LensFiles | undefined> {
  const title = vscode.l10n.t("Logit lens: the model's files");
  const unembedding = await chooseWeight(
    {
      title,
      placeholder: vscode.l10n.t("Unembedding: tokens by residual stream"),
      axes: 2,
      names: names.unembedding,
      likely: last?.unembedding.path,
    },
    inspect,
  );
  if (!unembedding) return undefined;
  const vocabulary = await chooseFile(vocabularies, {
    title,
    placeholder: vscode.l10n.t("Names of the tokens: tokenizer.json, vocab.json or a token a line"),
    likely: last?.vocabulary,
  });
  if (vocabulary === undefined) return undefined;
  const norm = await chooseNorm(title, unembedding, inspect, last?.norm?.weight.path);
  if (norm === undefined) return undefined;
  const down = await chooseDown(
    title,
    { width, component },
    unembedding,
    inspect,
    last?.down?.path,
  );
  if (down === undefined) return undefined;
  return {
    unembedding,
    vocabulary,
    ...(norm === "none" ? {} : { norm }),
    ...(down === "none" ? {} : { down }),
  };
}

/** The final norm: mostly in the file of the unembedding. @returns "none" for a lens without */
async function chooseNorm(
  title: string,
  { path }: WeightSource,
  inspect: Inspect,
  likely: string | undefined,
): Promise<LensFiles["norm"] | "none"> {
  const wanted = { axes: 1, names: names.norm } as const;
  const beside = tensorsLike(wanted, (await inspect(path)).tensors).filter(({ name }) =>
    names.norm.test(name),
  );
  const placeholder = vscode.l10n.t("Weights of the final norm");
  type Item = vscode.QuickPickItem & { readonly from: "here" | "nowhere" | "elsewhere" };
  const items: Item[] = [
    ...beside.map(({ name }): Item => {
      return { label: name, description: baseName(path), from: "here" };
    }),
    { label: vscode.l10n.t("No norm"), from: "nowhere" },
    { label: vscode.l10n.t("Another file..."), from: "elsewhere" },
  ];
  const chosen = await chooseOne(items, { title, placeholder, ignoreFocusOut: true });
  if (!chosen) return undefined;
  if (chosen.from === "nowhere") return "none";
  const weight =
    chosen.from === "here"
      ? { path, tensor: chosen.label }
      : await chooseWeight({ title, placeholder, ...wanted, likely }, inspect);
  const kind =
    weight &&
    (await chooseOne(normItems(), { title, placeholder: weight.tensor, ignoreFocusOut: true }));
  return weight && kind && { weight, kind: kind.norm };
}

function normItems(): (vscode.QuickPickItem & { readonly norm: NormKind })[] {
  return [
    {
      label: "RMSNorm",
      description: vscode.l10n.t("weights as they are: Llama, Qwen, Mistral"),
      norm: "rms",
    },
    {
      label: "LayerNorm",
      description: vscode.l10n.t("less the mean first: GPT-2, GPT-NeoX, OPT"),
      norm: "layer",
    },
    {
      label: "RMSNorm + 1",
      description: vscode.l10n.t("weights are kept less 1: Gemma"),
      norm: "gemma",
    },
  ];
}

/** @returns "none" if the direction is in the residual stream already */
async function chooseDown(
  title: string,
  { width, component }: LensSite,
  { path, tensor }: WeightSource,
  inspect: Inspect,
  likely: string | undefined,
): Promise<WeightSource | "none" | undefined> {
  const { tensors } = await inspect(path);
  const chosen = tensors.find(({ name }) => tensor === undefined || name === tensor);
  const fits = chosen?.shape.includes(width) ?? true;
  // A direction of another width than the unembedding's may be in the neurons of an MLP, whatever is written of it.
  if (fits && component !== "mlp") return "none";
  const placeholder = vscode.l10n.t("Down-projection of the MLP that the activations came from");
  const place = await chooseOne(
    [
      { label: vscode.l10n.t("Choose the down-projection..."), none: false },
      { label: vscode.l10n.t("No down-projection"), none: true },
    ],
    { title, placeholder, ignoreFocusOut: true },
  );
  if (!place) return undefined;
  if (place.none) return "none";
  return chooseWeight(
    { title, placeholder, axes: 2, names: names.down, likely: likely ?? path },
    inspect,
  );
}
