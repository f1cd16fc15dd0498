import * as vscode from "vscode";
import {
  captureComponents,
  isUnknown,
  provenanceIn,
  type CaptureComponent,
  type CaptureProvenance,
} from "../../src/activations/captureProvenance.ts";
import { captureSidecar } from "../../src/conditions/provenance/findProvenance.ts";
import { EigenlensError } from "../../src/errors.ts";
import { omit } from "../../src/lookup.ts";
import { jsonRecord } from "../../src/text/jsonRecord.ts";
import { shortenPath, sourceUri } from "../activations/sourcePath.ts";
import { chosenSources } from "../commands/choosing/chosenPaths.ts";
import { activationPaths } from "../commands/choiceServices.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { askForText, chooseOne } from "../messages/choice.ts";
import { baseName } from "../naming.ts";
import { openNotebooks } from "../notebook/chooseNotebook.ts";
import { notebookName } from "../notebook/jupyter.ts";
import { knownCapture, rememberCapture } from "../notebook/knownCapture.ts";

export const provenanceCommands: Readonly<Record<string, CommandAction>> = {
  async describeCapture(context, clicked) {
    const [source] = chosenSources(clicked, undefined);
    if (source !== undefined) await describeCapture(source.path);
    else await (await chooseSubject(context))?.describe();
  },
};

/** What is to be described: the variables of a notebook that is open, or a file. */
async function chooseSubject(context: CommandContext) {
  const { extension } = context;
  const files = await activationPaths(context);
  const items = [
    ...openNotebooks()
      .map(notebookName)
      .map((notebook) => ({
        label: notebook,
        description: vscode.l10n.t("variables of this notebook"),
        async describe() {
          const described = await askAll(knownCapture(extension, notebook));
          if (described) await rememberCapture(extension, notebook, described);
        },
      })),
    ...files.map((path) => ({
      label: baseName(path),
      description: shortenPath(path),
      describe: () => describeCapture(path),
    })),
  ];
  return chooseOne(items, { title: title() });
}

/** Asks where activations came from, says where that will be written, and writes it beside them. */
async function describeCapture(path: string): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(sourceUri(path));
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  const sidecar = captureSidecar(path, isFolder);
  const written = await readRecord(sidecar);
  const described = await askAll(provenanceIn(written ?? {}));
  if (described === undefined || isUnknown(described)) return;
  const text = vscode.l10n.t("Write {0}", shortenPath(sidecar));
  const description =
    written === undefined ? vscode.l10n.t("a new file") : vscode.l10n.t("replaces what it says");
  const confirmed = await chooseOne([{ label: text, description }], { title: title() });
  if (confirmed === undefined) return;
  // What was asked for and left empty is no longer said; what was not asked for stays.
  const kept = omit(written ?? {}, ...askedKeys);
  const content = `${JSON.stringify({ ...kept, ...described }, null, 2)}\n`;
  try {
    await vscode.workspace.fs.writeFile(sourceUri(sidecar), new TextEncoder().encode(content));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "file-access",
      vscode.l10n.t("{0} cannot be written: {1}", sidecar, reason),
    );
  }
}

/** What the file says already. @returns undefined if there is none @throws EigenlensError if it holds no object */
async function readRecord(path: string): Promise<Record<string, unknown> | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(sourceUri(path));
  } catch {
    return undefined;
  }
  const record = jsonRecord(new TextDecoder().decode(bytes));
  if (record !== undefined) return { ...record };
  // What somebody wrote by hand is not written over.
  throw new EigenlensError(
    "file-format",
    vscode.l10n.t("{0} holds no JSON object: correct or remove it first.", path),
  );
}

const askedKeys = ["model", "component", "layer", "site", "token_rule"] as const;

/** @returns undefined if the user gave up; what was left empty is absent */
async function askAll(known: CaptureProvenance): Promise<CaptureProvenance | undefined> {
  const model = await ask(vscode.l10n.t("The model's name on the hub, or its folder"), known.model);
  if (model === undefined) return undefined;
  const component = await chooseComponent(known.component);
  if (component === undefined) return undefined;
  const layer = await ask(
    vscode.l10n.t("The layer: the number of the block, counted from 0"),
    known.layer,
    (text) =>
      /^\d{0,6}$/.test(text)
        ? undefined
        : vscode.l10n.t("A whole number, or nothing if there is none"),
  );
  if (layer === undefined) return undefined;
  const site = await ask(vscode.l10n.t("The module's path, as the tool names it"), known.site);
  if (site === undefined) return undefined;
  const token = await ask(
    vscode.l10n.t("Which token stands for a row: last, mean, or a position"),
    known.token_rule,
  );
  if (token === undefined) return undefined;
  return provenanceIn({ model, component, layer, site, token_rule: token });
}

async function ask(
  prompt: string,
  value = "",
  fault: (text: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const text = await askForText({
    title: title(),
    prompt,
    placeholder: vscode.l10n.t("empty if it is not known"),
    value,
    ignoreFocusOut: true,
    fault: (typed) => fault(typed.trim()),
  });
  return text?.trim();
}

async function chooseComponent(
  known: CaptureComponent | undefined,
): Promise<CaptureComponent | undefined> {
  const labels: Readonly<Record<CaptureComponent, string>> = {
    residual: vscode.l10n.t("Residual stream after the block"),
    mlp: vscode.l10n.t("MLP"),
    attention_head: vscode.l10n.t("Attention head"),
    attention_out: vscode.l10n.t("Output of attention"),
    other: vscode.l10n.t("Something else"),
  };
  const inOrder = [...captureComponents].sort((a, b) => Number(b === known) - Number(a === known));
  const items = inOrder.map((component) => ({ label: labels[component], component }));
  const placeholder = vscode.l10n.t("Which part of the model they were taken from");
  return (await chooseOne(items, { title: title(), placeholder }))?.component;
}

function title(): string {
  return vscode.l10n.t("Describe Capture");
}
