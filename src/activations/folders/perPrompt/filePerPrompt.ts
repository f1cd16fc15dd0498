import { EigenlensError } from "../../../errors.ts";
import { printable } from "../../../text/printable.ts";
import { extensionOf } from "../../detectFormat.ts";
import {
  arrayExtensions,
  mayHoldActivations,
  tableExtensions,
  type FolderRecogniser,
} from "../folder.ts";
import { openParted } from "../parts/openParted.ts";
import { openPromptFiles } from "./openPromptFiles.ts";

/**
 * One file of arrays a prompt, as a loop writes them: all of one kind, their names the same but for a number; or files
 * that the user chose by a pattern. Tables that were chosen so follow one another.
 */
export const filePerPrompt: FolderRecogniser = {
  format: "one file a prompt",
  recognise(folder, context) {
    const names = folder.names.filter(mayHoldActivations);
    const [first = ""] = names;
    const extension = extensionOf(first);
    if (names.length < (folder.isChosen ? 1 : 2)) return Promise.resolve(undefined);
    const other = names.find((name) => extensionOf(name) !== extension);
    if (other !== undefined) {
      if (!folder.isChosen) return Promise.resolve(undefined);
      throw new EigenlensError(
        "file-format",
        `${folder.path} takes files of several kinds together (${printable(first, 80)} and ${printable(other, 80)}): choose those of one kind, as in *.${extension}.`,
      );
    }
    if (!folder.isChosen && !(arrayExtensions.includes(extension) && areNumbered(names))) {
      return Promise.resolve(undefined);
    }
    const paths = names.map((name) => folder.base + name);
    const { path } = folder;
    return Promise.resolve({
      claims: () => true,
      open: () =>
        tableExtensions.includes(extension)
          ? openParted({ path, format: "files", paths }, context.open)
          : openPromptFiles(folder, names, "files", context),
    });
  },
};

/** Whether names are one but for their numbers. */
function areNumbered(names: readonly string[]): boolean {
  const stem = (name: string) => name.replace(/\d+/g, "#");
  const [first = ""] = names;
  const wanted = stem(first);
  return /\d/.test(first) && names.every((name) => stem(name) === wanted);
}
