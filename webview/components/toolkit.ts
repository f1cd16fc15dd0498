// The only module that knows @vscode/webview-ui-toolkit. The package is archived (January 2025) and gets no more fixes; it
// stays while it works. What would replace it, here alone: @vscode-elements/elements, whose vscode-button,
// vscode-checkbox and vscode-textfield are the same three controls; its fields fire "input" and "change" as these do,
// and its labels stand in an element of their own.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeTextField,
  type Button,
  type Checkbox,
  type TextField,
} from "@vscode/webview-ui-toolkit";
import { setAttributes, setText, visible } from "./dom.ts";

/** Defines the custom elements that are used; call it once, before any of them is made. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeTextField());
}

interface ButtonOptions {
  readonly label: string;
  readonly appearance?: "primary" | "secondary" | "icon";
  /** The accessible name, where the label is only a sign. */
  readonly name?: string;
  readonly hint?: string;
  readonly part?: string;
  readonly onClick: () => void;
}

export function button(options: ButtonOptions): Button {
  const created = document.createElement("vscode-button") as Button;
  setAttributes(created, {
    appearance: options.appearance ?? "secondary",
    title: options.hint ?? options.name,
    "data-part": options.part,
  });
  labelButton(created, options.label, options.name);
  created.addEventListener("click", () => {
    if (!created.disabled) options.onClick();
  });
  return created;
}

/**
 * Sets what a button says. Its name is always given too: the toolkit calls a button without one
 * "Icon Button" where it looks like an icon.
 */
export function labelButton(target: Button, label: string, name = label): void {
  setText(target, label);
  setAttributes(target, { "aria-label": name });
}

interface CheckboxOptions {
  readonly label: string;
  readonly hint?: string;
  readonly part?: string;
  readonly onChange: (checked: boolean) => void;
}

export function checkbox(options: CheckboxOptions): Checkbox {
  const created = document.createElement("vscode-checkbox") as Checkbox;
  setAttributes(created, { title: options.hint, "data-part": options.part });
  created.append(visible(options.label));
  created.addEventListener("change", () => {
    options.onChange(created.checked);
  });
  return created;
}

interface TextFieldOptions {
  readonly label: string;
  readonly hint?: string;
  readonly part?: string;
  /** Called at every keystroke. */
  readonly onInput: (value: string) => void;
}

export function textField(options: TextFieldOptions): TextField {
  const created = document.createElement("vscode-text-field") as TextField;
  setAttributes(created, { title: options.hint, "data-part": options.part, size: 6 });
  created.append(visible(options.label));
  created.addEventListener("input", () => {
    options.onInput(created.value);
  });
  return created;
}

export type { Button, Checkbox, TextField };
