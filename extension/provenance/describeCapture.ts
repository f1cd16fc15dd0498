import * as vscode from "vscode";
import { describedKeys, isUnknown, provenanceIn } from "../../src/activations/captureProvenance.ts";
import { captureSidecar } from "../../src/conditions/provenance/findProvenance.ts";
import { shortenPath } from "../activations/sourcePath.ts";
import { chosenSources } from "../commands/choosing/chosenPaths.ts";
import { activationPaths } from "../commands/choiceServices.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { openNotebooks } from "../notebook/chooseNotebook.ts";
import { notebookName } from "../notebook/jupyter.ts";
import { knownCapture, rememberCapture } from "../notebook/knownCapture.ts";
import { askCapture, captureTitle } from "./askCapture.ts";
import { isFolder, readCaptureFile, writeCaptureFile } from "./captureFile.ts";

export const provenanceCommands: Readonly<Record<string, CommandAction>> = {
  async describeCapture(context, clicked) {
    const [source] = chosenSources(clicked, undefined);
    if (source !== undefined) await describeCapture(source.path);
    else await (await chooseSubject(context))?.describe();
  },
};

/** What is to be described: the variables of a notebook that is open, or a file. */
async function chooseSubject(context: CommandContext) {
  const { extension } = context;
  const files = await activationPaths(context);
  const items = [
    ...openNotebooks()
      .map(notebookName)
      .map((notebook) => ({
        label: notebook,
        description: vscode.l10n.t("variables of this notebook"),
        async describe() {
          const described = await askCapture(knownCapture(extension, notebook));
          if (described) await rememberCapture(extension, notebook, described);
        },
      })),
    ...files.map((path) => ({
      label: baseName(path),
      description: shortenPath(path),
      describe: () => describeCapture(path),
    })),
  ];
  return chooseOne(items, { title: captureTitle() });
}

/** Asks where activations came from, says where that will be written, and writes it beside them. */
async function describeCapture(path: string): Promise<void> {
  const sidecar = captureSidecar(path, await isFolder(path));
  const written = await readCaptureFile(sidecar);
  const described = await askCapture(provenanceIn(written ?? {}));
  if (described === undefined || isUnknown(described)) return;
  const text = vscode.l10n.t("Write {0}", shortenPath(sidecar));
  const description =
    written === undefined ? vscode.l10n.t("a new file") : vscode.l10n.t("replaces what it says");
  const options = { title: captureTitle(), ignoreFocusOut: true };
  const confirmed = await chooseOne([{ label: text, description }], options);
  if (confirmed) await writeCaptureFile(sidecar, described, describedKeys);
}
