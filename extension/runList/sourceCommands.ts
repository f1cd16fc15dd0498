import * as vscode from "vscode";
import { shortenPath } from "../activations/sourcePath.ts";
import type { CommandAction } from "../commands/register.ts";
import { runAgain } from "../commands/runCommands.ts";
import { entryOf } from "../commands/runListCommands.ts";
import { checkKept } from "../runs/checkKept.ts";
import { showInformation } from "../messages/notify.ts";
import { runTitle } from "../runs/runEntry.ts";

/** What is done about the files that a stored run was made from. */
export const sourceCommands: Readonly<Record<string, CommandAction>> = {
  async checkSources(context, node) {
    const entry = await entryOf(context, node, vscode.l10n.t("Check the files of a run"));
    if (!entry) return;
    const { sources } = await context.store.read(entry.runId);
    await checkKept({ sources });
    const title = vscode.l10n.t("Checking the files of {0}", runTitle(entry));
    const stop = new AbortController();
    const changed = await context.active.track(
      title,
      (onProgress) =>
        context.engine.calls.changedSources({ sources }, { signal: stop.signal, onProgress }),
      { cancel: () => stop.abort(), visible: () => false },
    );
    const paths = entry.stamps.map(({ path }) => path);
    await context.runs.stale.trust(paths.filter((path) => !changed.includes(path)));
    context.runs.refresh();
    if (changed.length === 0) {
      await showInformation(
        vscode.l10n.t("The files of {0} hold what they held.", runTitle(entry)),
      );
      return;
    }
    const again = vscode.l10n.t("Re-run");
    const chosen = await showInformation(
      vscode.l10n.t(
        "{0} holds other bytes since {1} was made.",
        changed.map(shortenPath).join(", "),
        runTitle(entry),
      ),
      again,
    );
    if (chosen === again) await runAgain(context, entry);
  },
};
