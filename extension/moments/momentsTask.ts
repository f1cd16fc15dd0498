import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { jsonRecord } from "../../src/text/jsonRecord.ts";
import { EigenlensError } from "../../src/errors.ts";
import { showProgress } from "../messages/progress.ts";

const pollMilliseconds = 500;

/**
 * Runs the script as a task, whose terminal shows what it says; how far it is stands in a notification, where it can be
 * stopped. Words reach the program as they are: no shell reads them.
 * @param progressPath where the script keeps its last line of JSON
 * @throws EigenlensError "cancelled" if it was stopped; "condition" with the script's line if it failed
 */
export async function runMomentsTask(
  program: string,
  words: readonly string[],
  progressPath: string,
): Promise<void> {
  const title = vscode.l10n.t("Moments on Dask");
  const scope = vscode.workspace.workspaceFolders
    ? vscode.TaskScope.Workspace
    : vscode.TaskScope.Global;
  const [script = "", ...rest] = words;
  const process = new vscode.ProcessExecution(program, [
    script,
    `--progress=${progressPath}`,
    ...rest,
  ]);
  const task = new vscode.Task({ type: "process" }, scope, title, "Eigenlens", process, []);
  task.presentationOptions = { panel: vscode.TaskPanelKind.Dedicated, focus: false, clear: true };
  let stopped = false;
  let execution: vscode.TaskExecution | undefined;
  const stop = () => {
    stopped = true;
    execution?.terminate();
  };
  const code = await showProgress(
    { where: "notification", title, cancel: stop },
    async (report) => {
      let shown = 0;
      const timer = setInterval(() => {
        void readProgress(progressPath).then(({ done, of }) => {
          if (typeof done !== "number" || typeof of !== "number" || done <= shown) return;
          report(vscode.l10n.t("{0} of {1} parts", done, of), (100 * (done - shown)) / of);
          shown = done;
        });
      }, pollMilliseconds);
      try {
        return await ended(task, (started) => {
          execution = started;
          if (stopped) started.terminate();
        });
      } finally {
        clearInterval(timer);
      }
    },
  );
  if (code === 0) return;
  if (stopped) throw new EigenlensError("cancelled", "The sum of moments was stopped.");
  const { error } = await readProgress(progressPath);
  throw new EigenlensError(
    "condition",
    typeof error === "string"
      ? error
      : vscode.l10n.t("The moments were not summed: the terminal of the task says why."),
  );
}

/** @returns the exit code of the task's process; undefined if it has none */
async function ended(
  task: vscode.Task,
  onStart: (execution: vscode.TaskExecution) => void,
): Promise<number | undefined> {
  const listeners: vscode.Disposable[] = [];
  try {
    // Known only after its process, which may have ended by then.
    const started: { execution?: vscode.TaskExecution } = {};
    const code = new Promise<number | undefined>((resolve) => {
      listeners.push(
        vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution === started.execution) resolve(event.exitCode);
        }),
        // A process that could not be started ends without a code.
        vscode.tasks.onDidEndTask((event) => {
          if (event.execution === started.execution)
            setTimeout(() => resolve(undefined), pollMilliseconds);
        }),
      );
    });
    started.execution = await vscode.tasks.executeTask(task);
    onStart(started.execution);
    return await code;
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

async function readProgress(path: string): Promise<Readonly<Record<string, unknown>>> {
  // Not there yet, or half written.
  return jsonRecord(await readFile(path, "utf8").catch(() => "")) ?? {};
}
