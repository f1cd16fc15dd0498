import * as vscode from "vscode";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import type { Marks, Role } from "../roles.ts";
import { mark, parseMarks } from "../roles.ts";

const key = "eigenlens.marks";

/** The target and reference marked for the next run, kept with the workspace. */
export class MarkStore {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<Marks>();
  readonly onDidChange = this.#changed.event;
  #marks: Marks;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#marks = parseMarks(memento.get(key));
    void this.#tell();
  }

  get marks(): Marks {
    return this.#marks;
  }

  mark(role: Role, source: ConditionSource): Promise<void> {
    return this.#set(mark(this.#marks, role, source));
  }

  clear(): Promise<void> {
    return this.#set({});
  }

  async #set(marks: Marks): Promise<void> {
    this.#marks = marks;
    await this.#memento.update(key, marks);
    await this.#tell();
    this.#changed.fire(marks);
  }

  async #tell(): Promise<void> {
    const { target, reference } = this.#marks;
    const context = (name: string, value: boolean) =>
      vscode.commands.executeCommand("setContext", `eigenlens.${name}`, value);
    await context("hasMarks", Boolean(target ?? reference));
    await context("marksComplete", Boolean(target && reference));
  }
}
