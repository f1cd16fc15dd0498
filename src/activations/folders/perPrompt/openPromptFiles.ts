import { fileName } from "./fileName.ts";
import type { ActivationFile } from "../../activationFile.ts";
import { activationFile, textVector } from "../../storedTensor.ts";
import type { Folder, FolderContext } from "../folder.ts";
import { OpenParts } from "../parts/openParts.ts";
import { surveyParts, type SurveyedTensor } from "../parts/survey.ts";
import { arrangedTensors } from "./arrange.ts";

/** What the columns are called that the files' names make. */
interface FileColumn {
  readonly name: string;
  /** Of a file, by its name. */
  readonly text: (name: string) => string;
}

/**
 * Files that belong together, in natural order of their names, with a row column that names each row's file.
 * @throws EigenlensError as the files do
 */
export async function openPromptFiles(
  folder: Folder,
  names: readonly string[],
  format: string,
  context: FolderContext,
  column: FileColumn = { name: "file", text: (name) => name },
): Promise<ActivationFile> {
  const paths = names.map((name) => folder.base + name);
  const survey = await surveyParts(paths, context.open);
  const parts = new OpenParts(paths, context.open);
  const tensors = arrangedTensors(survey, parts, context.axes, fileName(folder.path));
  const rows = rowsOfFiles(
    tensors.map(({ info }) => info.shape[0] ?? 0),
    survey.tensors,
  );
  const labels = names.map((name) => column.text(name));
  const { provenance } = survey.first;
  return activationFile({
    path: folder.path,
    format,
    byteLength: survey.byteLength,
    folder: folder.path,
    ...(provenance === undefined ? {} : { provenance }),
    tensors: [
      ...tensors,
      textVector(
        column.name,
        labels.flatMap((label, file) => Array<string>(rows(file)).fill(label)),
      ),
    ],
    close: () => parts.close(),
  });
}

/** How many rows each file makes: those of the tensor with the most rows. */
function rowsOfFiles(counts: readonly number[], surveyed: readonly SurveyedTensor[]) {
  const most = Math.max(0, ...counts);
  const tensor = surveyed[counts.indexOf(most)];
  const areFiles = tensor === undefined || most === tensor.extents.parts;
  return (file: number) => (areFiles ? 1 : tensor.extents.get(file, 0));
}
