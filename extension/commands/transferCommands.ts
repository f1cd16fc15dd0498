import * as vscode from "vscode";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";
import { EigenlensError } from "../../src/errors.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import { chooseConditions } from "./choosing/chooseConditions.ts";
import { choiceServices } from "./choiceServices.ts";
import { transferTexts } from "./choosing/choiceTexts.ts";
import type { CommandContext } from "./commandContext.ts";
import type { CommandAction } from "./register.ts";
import { entryOf, isRunNode, openEntry } from "./runListCommands.ts";

export const transferCommands: Readonly<Record<string, CommandAction>> = {
  async transferDirection(context, node) {
    const view = context.panels.views.active;
    if (!isRunNode(node) && view?.active && view.shown) {
      await transferIn(context, view);
      return;
    }
    const entry = await entryOf(context, node, vscode.l10n.t("Transfer the directions of a run"));
    const request = entry && (await askForRows(context, entry));
    if (entry && request) (await openEntry(context, entry)).transfer(request);
  },
};

/** Asks for other files and tries there the directions of the run that a panel shows. */
export async function transferIn(context: CommandContext, view: RunPanel): Promise<void> {
  const { shown } = view;
  if (!shown) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t("This panel shows no run: open one from Runs."),
    );
  }
  const { target, reference } = shown.view.summary;
  const request = await askForRows(context, { target: target.name, reference: reference.name });
  // Another run may have taken its place meanwhile.
  if (request && view.shown === shown) view.transfer(request);
}

/** With as many exchanges as the command line makes. */
async function askForRows(
  context: CommandContext,
  names: { readonly target: string; readonly reference: string },
): Promise<TransferRequest | undefined> {
  const pair = await chooseConditions(choiceServices(context, transferTexts(names)));
  const { permutations, seed } = defaultValidationOptions;
  return pair && { ...pair, permutations, seed };
}
