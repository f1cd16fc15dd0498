import * as vscode from "vscode";
import { readingOf, type TensorReading } from "../../src/conditions/naming/tensorReading.ts";
import { omit } from "../../src/lookup.ts";

/** How the user reads tensors whose files leave something open, remembered until the window closes. */
export class TensorReadings {
  readonly #known = new Map<string, TensorReading>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Tells the path of the file whose tensor is read otherwise now. */
  readonly onDidChange = this.#changed.event;

  get all(): readonly TensorReading[] {
    return [...this.#known.values()];
  }

  of(path: string, tensor: string): TensorReading | undefined {
    return readingOf(this.all, path, tensor);
  }

  /** What was said of the tensor before stays, but for what is said now. */
  remember(reading: TensorReading): void {
    const key = `${reading.path}\n${reading.tensor}`;
    this.#known.set(key, { ...this.#known.get(key), ...reading });
    this.#changed.fire(reading.path);
  }

  /** The axes are again what the file says. */
  forgetAxes(path: string, tensor: string): void {
    const key = `${path}\n${tensor}`;
    const known = this.#known.get(key);
    if (known?.axes === undefined) return;
    this.#known.set(key, omit(known, "axes"));
    this.#changed.fire(path);
  }
}
