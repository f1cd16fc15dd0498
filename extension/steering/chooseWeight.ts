import * as vscode from "vscode";
import type { TensorInfo } from "../../src/activations/activationFile.ts";
import { EigenlensError } from "../../src/errors.ts";
import { describeShape } from "../../src/protocol/words/shapes.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import type { LensFiles } from "../../src/protocol/steering.ts";
import { activationFilesPattern, excludedPattern } from "../activations/fileTypes.ts";
import { shortenPath, sourcePath } from "../activations/sourcePath.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { browse } from "./browse.ts";

export type WeightSource = LensFiles["unembedding"];
export type Inspect = (path: string) => Promise<FileSummary>;

/** One of a model's weights, as it is asked for. */
export interface WantedWeight {
  readonly title: string;
  readonly placeholder: string;
  /** How many axes it has, those of length 1 left out. */
  readonly axes: 1 | 2;
  /** Names that it has in models, as far as they are known: these come first. */
  readonly names: RegExp;
  /** A file that comes first. */
  readonly likely?: string | undefined;
}

/** More than these are looked for by hand. */
const mostFiles = 200;
const ownFiles = /\.(ged|moments|direction)\.safetensors$/i;

/** Asks for a file of the workspace, or any. @returns its path; undefined if the user gave up */
export async function chooseFile(
  pattern: string,
  { title, placeholder, likely }: Pick<WantedWeight, "title" | "placeholder" | "likely">,
): Promise<string | undefined> {
  const files = await vscode.workspace.findFiles(pattern, excludedPattern, mostFiles);
  const paths = files.map(sourcePath).filter((path) => !ownFiles.test(path));
  const first = likely === undefined ? [] : [likely];
  const found = [...first, ...paths.filter((path) => path !== likely).sort()];
  if (found.length === 0) return browse({ title });
  const items = found.map((path) => ({
    label: baseName(path),
    description: shortenPath(path),
    path,
  }));
  const other = { label: vscode.l10n.t("Browse..."), path: undefined };
  const chosen = await chooseOne([...items, other], {
    title,
    placeholder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen && (chosen.path ?? browse({ title }));
}

/** Asks for the file of a weight, and for the tensor if that leaves a choice. @returns undefined if the user gave up */
export async function chooseWeight(
  wanted: WantedWeight,
  inspect: Inspect,
): Promise<WeightSource | undefined> {
  const path = await chooseFile(activationFilesPattern, wanted);
  return path === undefined ? undefined : chooseTensor(wanted, await inspect(path));
}

/** @throws EigenlensError "condition" if the file holds nothing of that shape */
async function chooseTensor(
  wanted: WantedWeight,
  summary: FileSummary,
): Promise<WeightSource | undefined> {
  const { path } = summary;
  const numbers = summary.tensors.filter(({ elementType }) => elementType !== "text");
  // Whatever it is: what is wrong with it, the lens says.
  if (numbers.length === 1) return { path };
  const tensors = tensorsLike(wanted, numbers);
  if (tensors.length === 0) {
    throw new EigenlensError(
      "condition",
      vscode.l10n.t(
        "{0} holds no tensor that could be meant ({1}): choose another file.",
        shortenPath(path),
        wanted.placeholder,
      ),
    );
  }
  const items = tensors.map((info) => ({ label: info.name, description: describeShape(info) }));
  const { title, placeholder } = wanted;
  const chosen = await chooseOne(items, {
    title,
    placeholder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen && { path, tensor: chosen.label };
}

/** Those of the shape, likely names first. */
export function tensorsLike(
  { axes, names }: Pick<WantedWeight, "axes" | "names">,
  tensors: readonly TensorInfo[],
): readonly TensorInfo[] {
  const fitting = tensors.filter(
    ({ shape }) => shape.filter((extent) => extent > 1).length === axes,
  );
  const likely = fitting.filter(({ name }) => names.test(name));
  return [...likely, ...fitting.filter((info) => !likely.includes(info))];
}
