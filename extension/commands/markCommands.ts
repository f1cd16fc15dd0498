import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { isMarkable, isMatrix } from "../activations/activationNodes.ts";
import { sourceUri } from "../activations/sourcePath.ts";
import { chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { activationFileType } from "../panels/panelTypes.ts";
import type { Role } from "../roles.ts";
import { chosenSources, nodeOf } from "./choosing/chosenPaths.ts";
import type { CommandContext } from "./commandContext.ts";
import type { CommandAction } from "./register.ts";

export const markCommands: Readonly<Record<string, CommandAction>> = {
  markTarget: (context, clicked) => markChosen(context, "target", clicked),
  markReference: (context, clicked) => markChosen(context, "reference", clicked),
  clearMarks: (context) => context.marks.clear(),
  showFile: async (_context, clicked) => {
    const [source] = chosenSources(clicked, undefined);
    if (source) {
      await vscode.commands.executeCommand(
        "vscode.openWith",
        sourceUri(source.path),
        activationFileType,
      );
    }
  },
  refresh: (context) => context.activations.refresh(),
  showMoreFiles: (context, clicked) => {
    const node = nodeOf(clicked);
    if (node?.kind === "more") context.activations.showMore(node);
  },
};

async function markChosen(context: CommandContext, role: Role, clicked: unknown): Promise<void> {
  const [source] = chosenSources(clicked, undefined);
  if (!source) return;
  if (source.tensor !== undefined) {
    await context.marks.mark(role, source);
    return;
  }
  const known = await context.headers.read(source.path);
  if (known && "failure" in known) throw new EigenlensError("file-format", known.failure);
  if (isMarkable(source.path, known)) {
    await context.marks.mark(role, source);
    return;
  }
  const tensors = known?.summary.tensors.filter(isMatrix) ?? [];
  const title =
    role === "target"
      ? vscode.l10n.t("Target: a tensor of {0}", baseName(source.path))
      : vscode.l10n.t("Reference: a tensor of {0}", baseName(source.path));
  const picked = await chooseOne(
    tensors.map(({ name }) => ({ label: name, tensor: name })),
    { title },
  );
  if (picked) await context.marks.mark(role, { ...source, tensor: picked.tensor });
}
