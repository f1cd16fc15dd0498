import * as vscode from "vscode";

/** What a step comes to: the next step, a result, or one step back; undefined ends the whole choice. */
export type StepOutcome<Result> =
  | { readonly kind: "next"; readonly step: Step<Result> }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "back" }
  | undefined;

export type Step<Result> = (place: StepPlace) => Promise<StepOutcome<Result>>;

/** Where in a choice of several steps a step stands. */
export interface StepPlace {
  /** From 1. */
  readonly number: number;
  readonly canGoBack: boolean;
}

/** Takes one step after the other; "back" returns to the step before. */
export async function takeSteps<Result>(first: Step<Result>): Promise<Result | undefined> {
  const steps: Step<Result>[] = [first];
  for (;;) {
    const step = steps.at(-1);
    if (!step) return undefined;
    const outcome = await step({ number: steps.length, canGoBack: steps.length > 1 });
    if (!outcome) return undefined;
    if (outcome.kind === "done") return outcome.result;
    if (outcome.kind === "next") steps.push(outcome.step);
    else steps.pop();
  }
}

export interface Pick<Value> extends vscode.QuickPickItem {
  /** Absent for separators. */
  readonly value?: Value;
}

export interface PickOptions<Value> {
  readonly title: string;
  readonly placeholder: string;
  readonly place: StepPlace;
  /** Undefined where it depends on what is chosen. */
  readonly totalSteps?: number;
  readonly items: readonly Pick<Value>[];
  /** Gives better items once they are known (shapes read from headers); the choice is open meanwhile. */
  readonly improve?: (show: (items: readonly Pick<Value>[]) => void) => Promise<void>;
  readonly onItemButton?: (value: Value) => Value;
}

/** One quick pick; "back" where that button was pressed, undefined where it was dismissed. */
export function pick<Value>(
  options: PickOptions<Value>,
): Promise<{ value: Value } | "back" | undefined> {
  const input = vscode.window.createQuickPick<Pick<Value>>();
  input.title = options.title;
  input.placeholder = options.placeholder;
  input.items = options.items;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.keepScrollPosition = true;
  if (options.totalSteps !== undefined) {
    input.step = options.place.number;
    input.totalSteps = options.totalSteps;
  }
  if (options.place.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    let open = true;
    const finish = (outcome: { value: Value } | "back" | undefined) => {
      open = false;
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
      open = false;
      resolve(undefined);
      input.dispose();
    });
    input.show();
    void options.improve?.((items) => {
      if (!open) return;
      const active = input.items.indexOf(input.activeItems[0]);
      input.items = items;
      if (active > 0 && items[active]) input.activeItems = [items[active]];
    });
  });
}
