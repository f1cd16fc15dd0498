import * as vscode from "vscode";

/** What the steps of a choice of two conditions say. */
export interface ChoiceTexts {
  readonly title: string;
  /** Over pairs. */
  readonly pair: string;
  readonly targetFile: string;
  readonly target: string;
  /** @param target the one chosen */
  reference(target: string): string;
}

/** For a new separation. */
export function separationTexts(): ChoiceTexts {
  return {
    title: vscode.l10n.t("Run GED Separation"),
    pair: vscode.l10n.t("Target (carried) vs reference (silenced)"),
    targetFile: vscode.l10n.t("Target: the file whose variance the direction should carry"),
    target: vscode.l10n.t("Target: the condition whose variance the direction should carry"),
    reference: (target) =>
      vscode.l10n.t(
        "Reference: the condition for which the direction should be silent (target: {0})",
        target,
      ),
  };
}

/** For rows on which the directions of a run are tried. @param names of the run's conditions */
export function transferTexts(names: {
  readonly target: string;
  readonly reference: string;
}): ChoiceTexts {
  const { target, reference } = names;
  return {
    title: vscode.l10n.t("Transfer {0} vs {1}", target, reference),
    pair: vscode.l10n.t(
      "New rows that stand for {0} (target) vs for {1} (reference)",
      target,
      reference,
    ),
    targetFile: vscode.l10n.t("The file with new rows that stand for {0}", target),
    target: vscode.l10n.t("New rows that stand for {0}, the run's target", target),
    reference: (chosen) =>
      vscode.l10n.t(
        "New rows that stand for {0}, the run's reference (target: {1})",
        reference,
        chosen,
      ),
  };
}
