import * as vscode from "vscode";
import { plainLabel, plainLine } from "./plain.ts";

export interface ProgressPlace {
  /** In the status bar, or as a notification. */
  readonly where: "statusBar" | "notification";
  readonly title: string;
  /** Given where the user may stop the work. */
  readonly cancel?: () => void;
}

/** How far the work is. @param percent of the whole, since the last report */
export type ReportProgress = (message: string, percent?: number) => void;

/** Shows the window's progress while `work` lasts. @returns what `work` returns. @throws what `work` throws */
export async function showProgress<Result>(
  { where, title, cancel }: ProgressPlace,
  work: (report: ReportProgress) => Promise<Result>,
): Promise<Result> {
  const location =
    where === "statusBar" ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: plainLabel(title), cancellable: cancel !== undefined },
    async (progress, token) => {
      if (cancel) token.onCancellationRequested(cancel);
      return work((message, increment) =>
        progress.report({
          message: plainLine(message),
          ...(increment === undefined ? {} : { increment }),
        }),
      );
    },
  );
}
