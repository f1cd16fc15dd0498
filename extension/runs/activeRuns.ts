import * as vscode from "vscode";
import type { Progress } from "../../src/protocol/engine.ts";
import { formatSeconds, formatShare } from "../../src/protocol/words/numbers.ts";
import { showProgress } from "../messages/progress.ts";
import { engineText } from "../words/words.ts";

/** One long computation, for the Runs view and the window's progress. */
export interface ActiveRun {
  readonly title: string;
  readonly progress: Progress;
  readonly cancel: () => void;
}

interface Tracking {
  readonly cancel: () => void;
  /** Whether the user sees the computation's own panel, so that a notification would only disturb. */
  readonly visible: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** Milliseconds after which a computation whose panel is hidden gets a notification. */
const notificationDelay = 2000;

/** The computations under way: told to the status bar, to the Runs view, and to whoever looks elsewhere. */
export class ActiveRuns implements vscode.Disposable {
  readonly #runs = new Set<{ run: ActiveRun }>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  get all(): readonly ActiveRun[] {
    return [...this.#runs].map(({ run }) => run);
  }

  cancelAll(): void {
    for (const { run } of this.#runs) run.cancel();
  }

  async track<T>(
    title: string,
    work: (onProgress: (progress: Progress) => void) => Promise<T>,
    { cancel, visible, onProgress }: Tracking,
  ): Promise<T> {
    const held = { run: { title, cancel, progress: { step: vscode.l10n.t("Starting") } } };
    const listeners = new Set<(progress: Progress) => void>();
    this.#runs.add(held);
    await this.#tell();
    const result = work((progress) => {
      held.run = { ...held.run, progress };
      onProgress?.(progress);
      for (const listener of listeners) listener(progress);
      this.#changed.fire();
    });
    void showProgress({ where: "statusBar", title }, async (report) => {
      listeners.add((progress) => report(describeProgress(progress)));
      await settled(result);
    });
    const timer = setTimeout(() => {
      if (!visible()) void notify(title, result, listeners, cancel);
    }, notificationDelay);
    try {
      return await result;
    } finally {
      clearTimeout(timer);
      this.#runs.delete(held);
      await this.#tell();
    }
  }

  dispose(): void {
    this.cancelAll();
    this.#changed.dispose();
  }

  async #tell(): Promise<void> {
    this.#changed.fire();
    await vscode.commands.executeCommand("setContext", "eigenlens.running", this.#runs.size > 0);
  }
}

/** "Reading him.npy, 43 %, 2 s left". */
export function describeProgress({ step, fraction, secondsLeft }: Progress): string {
  const share = fraction === undefined ? [] : [formatShare(Math.round(100 * fraction) / 100)];
  const left =
    secondsLeft === undefined ? [] : [vscode.l10n.t("{0} left", formatSeconds(secondsLeft))];
  return [engineText(step), ...share, ...left].join(", ");
}

async function notify(
  title: string,
  result: Promise<unknown>,
  listeners: Set<(progress: Progress) => void>,
  cancel: () => void,
): Promise<void> {
  await showProgress({ where: "notification", title, cancel }, async (report) => {
    let shown = 0;
    listeners.add((progress) => {
      const percent = progress.fraction === undefined ? shown : 100 * progress.fraction;
      report(describeProgress(progress), percent - shown);
      shown = percent;
    });
    await settled(result);
  });
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
