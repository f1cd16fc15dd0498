import * as vscode from "vscode";
import { plainItem } from "./choice.ts";
import { plainLabel } from "./plain.ts";

export interface Pick<Value> extends vscode.QuickPickItem {
  /** Absent for separators. */
  readonly value?: Value;
}

export interface PickOptions<Value> {
  readonly title: string;
  readonly placeholder: string;
  /** Where in a choice of several steps it stands. */
  readonly place: { readonly number: number; readonly canGoBack: boolean };
  /** Undefined if it depends on what is chosen. */
  readonly totalSteps?: number;
  readonly items: readonly Pick<Value>[];
  readonly onItemButton?: (value: Value) => Value;
}

/** One quick pick; "back" if that button was pressed, undefined if it was dismissed. */
export function pick<Value>(
  options: PickOptions<Value>,
): Promise<{ value: Value } | "back" | undefined> {
  const input = vscode.window.createQuickPick<Pick<Value>>();
  input.title = plainLabel(options.title);
  input.placeholder = plainLabel(options.placeholder);
  input.items = options.items.map(plainItem);
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.keepScrollPosition = true;
  if (options.totalSteps !== undefined) {
    input.step = options.place.number;
    input.totalSteps = options.totalSteps;
  }
  if (options.place.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const finish = (outcome: { value: Value } | "back" | undefined) => {
      resolve(outcome);
      input.hide();
    };
    input.onDidAccept(() => {
      const value = input.selectedItems[0]?.value ?? input.activeItems[0]?.value;
      if (value !== undefined) finish({ value });
    });
    input.onDidTriggerButton(() => finish("back"));
    input.onDidTriggerItemButton(({ item }) => {
      if (item.value !== undefined && options.onItemButton) {
        finish({ value: options.onItemButton(item.value) });
      }
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
