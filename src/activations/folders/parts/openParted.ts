import type { ActivationFile, TensorInfo } from "../../activationFile.ts";
import { activationFile, textVector, type StoredTensor } from "../../storedTensor.ts";
import { concatenated } from "./concatenate.ts";
import { OpenParts, type OpenPart } from "./openParts.ts";
import { surveyParts, type Survey, type SurveyedTensor } from "./survey.ts";

/** Parts whose rows follow one another. */
export interface PartedFile {
  /** Of the container, as the user names it. */
  readonly path: string;
  readonly format: string;
  /** At least one, in order. */
  readonly paths: readonly string[];
  /** What an unnamed tensor is called. */
  readonly name?: string;
  /** What is said of all rows of a part: a name, and one text a part. */
  readonly facts?: readonly { readonly name: string; readonly texts: readonly string[] }[];
  readonly notes?: readonly string[];
}

/**
 * Tensors of parts, their rows one after another.
 * @throws EigenlensError as the parts do
 */
export async function openParted(parted: PartedFile, open: OpenPart): Promise<ActivationFile> {
  const survey = await surveyParts(parted.paths, open);
  const parts = new OpenParts(parted.paths, open);
  return activationFile({
    path: parted.path,
    format: parted.format,
    byteLength: survey.byteLength,
    folder: parted.path,
    ...(survey.first.provenance === undefined ? {} : { provenance: survey.first.provenance }),
    tensors: partedTensors(parted, survey, parts),
    close: () => parts.close(),
  });
}

/** All tensors of the parts, and what is said of each part as a text for each of its rows. */
export function partedTensors(
  { name: unnamed = "", facts = [], notes = [] }: PartedFile,
  survey: Survey,
  parts: OpenParts,
): StoredTensor[] {
  const tensors = survey.tensors.map((tensor) => {
    const { info } = tensor;
    const joined = concatenated(tensor, info.name === "" ? unnamed : info.name, survey, parts);
    return noted(joined, info.elementType === "text" ? [] : notes);
  });
  const rows = survey.tensors[0];
  if (rows === undefined) return tensors;
  return [...tensors, ...facts.map(({ name, texts }) => repeated(name, texts, rows))];
}

function noted(tensor: StoredTensor, notes: readonly string[]): StoredTensor {
  if (notes.length === 0) return tensor;
  const info: TensorInfo = { ...tensor.info, notes: [...(tensor.info.notes ?? []), ...notes] };
  return { ...tensor, info };
}

function repeated(name: string, texts: readonly string[], { extents }: SurveyedTensor) {
  const known = texts.flatMap((text, part) => Array<string>(extents.get(part, 0)).fill(text));
  return textVector(name, known);
}
