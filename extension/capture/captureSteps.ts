import * as vscode from "vscode";
import { checkConditions, checkPrompts, checkSite } from "../../src/capture/checkOptions.ts";
import {
  captureLibraries,
  type CaptureLibrary,
  type CaptureOptions,
  type NamedSite,
} from "../../src/capture/options.ts";
import { parseConditions, parseLayers, parseTokenRule } from "../../src/capture/parse.ts";
import type { Step } from "../commands/steps.ts";
import { pick } from "../messages/pick.ts";
import { askFor } from "./askFor.ts";
import { choosePromptFile } from "./promptFiles.ts";

type CaptureStep = Step<CaptureOptions>;
type Chosen<Key extends keyof CaptureOptions> = Pick<CaptureOptions, Key>;

const title = () => vscode.l10n.t("New Activation Capture Script");

const labels: Readonly<Record<CaptureLibrary, string>> = {
  transformers: "Hugging Face transformers",
  "transformer-lens": "TransformerLens",
  nnsight: "nnsight",
  vllm: "vLLM",
};

/** The first of the steps that fill in a capture script. */
export function chooseLibrary(): CaptureStep {
  return async (place) => {
    const chosen = await pick({
      title: title(),
      placeholder: vscode.l10n.t("The library that holds the model"),
      place,
      items: captureLibraries.map((library) => ({ label: labels[library], value: library })),
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    return { kind: "next", step: typeModel({ library: chosen.value }) };
  };
}

function typeModel(before: Chosen<"library">): CaptureStep {
  return askFor(
    {
      title: title(),
      prompt: vscode.l10n.t("The model's name on the hub, or its folder"),
      placeholder: "gpt2",
      read: (text) => text,
    },
    (model) => ({ kind: "next", step: chooseSite({ ...before, model }) }),
  );
}

function chooseSite(before: Chosen<"library" | "model">): CaptureStep {
  return async (place) => {
    const chosen = await pick<NamedSite | "path">({
      title: title(),
      placeholder: vscode.l10n.t("Where in each layer activations are taken"),
      place,
      items: [
        { label: vscode.l10n.t("Residual stream after the block"), value: "residual" },
        { label: vscode.l10n.t("Output of the MLP"), value: "mlp" },
        { label: vscode.l10n.t("Neurons of the MLP"), value: "neurons" },
        { label: vscode.l10n.t("Output of attention"), value: "attention_out" },
        { label: vscode.l10n.t("Attention heads, side by side"), value: "attention_head" },
        { label: vscode.l10n.t("Path of a module..."), value: "path" },
      ],
    });
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    const { value } = chosen;
    const step = value === "path" ? typeSite(before) : typeLayers({ ...before, site: value });
    return { kind: "next", step };
  };
}

function typeSite(before: Chosen<"library" | "model">): CaptureStep {
  return askFor(
    {
      title: title(),
      prompt: vscode.l10n.t("The path of a module, with {layer} in place of the layer's number"),
      placeholder: "transformer.h.{layer}.mlp.act",
      read: (site) => {
        checkSite(site, []);
        return site;
      },
    },
    (site) => ({ kind: "next", step: typeLayers({ ...before, site }) }),
  );
}

function typeLayers(before: Chosen<"library" | "model" | "site">): CaptureStep {
  return askFor(
    {
      title: title(),
      prompt: vscode.l10n.t("Layers, counted from 0"),
      placeholder: "0,6 / 0-11",
      read: (text) => {
        const layers = parseLayers(text);
        checkSite(before.site, layers);
        return layers;
      },
    },
    (layers) => ({ kind: "next", step: choosePrompts({ ...before, layers }) }),
  );
}

function choosePrompts(before: Chosen<"library" | "model" | "site" | "layers">): CaptureStep {
  return async (place) => {
    const chosen = await choosePromptFile(title(), place);
    if (!chosen || chosen === "back") return chosen && { kind: "back" };
    const next = (prompts: string) => typeConditions({ ...before, prompts });
    if (chosen.path !== undefined) return { kind: "next", step: next(chosen.path) };
    const typed = askFor<string, CaptureOptions>(
      {
        title: title(),
        prompt: vscode.l10n.t(
          "The file of prompts, as Python will find it: json, jsonl, csv or tsv",
        ),
        placeholder: "prompts.json",
        read: (path) => {
          checkPrompts(path);
          return path;
        },
      },
      (path) => ({ kind: "next", step: next(path) }),
    );
    return { kind: "next", step: typed };
  };
}

function typeConditions(
  before: Omit<CaptureOptions, "conditions" | "token" | "folder">,
): CaptureStep {
  return askFor(
    {
      title: title(),
      prompt: vscode.l10n.t("The two conditions, as columns or lists of that file are called"),
      placeholder: "him,her",
      read: (text) => {
        const conditions = parseConditions(text);
        checkConditions(conditions);
        return conditions;
      },
    },
    (conditions) => ({
      kind: "next",
      step: typeToken({ ...before, conditions, folder: "activations" }),
    }),
  );
}

function typeToken(before: Omit<CaptureOptions, "token">): CaptureStep {
  return askFor(
    {
      title: title(),
      prompt: vscode.l10n.t(
        "The token of each prompt: last, mean, a number, a word, or a word for each condition",
      ),
      placeholder: before.conditions.join("/"),
      value: "last",
      read: parseTokenRule,
    },
    (token) => ({ kind: "done", result: { ...before, token } }),
  );
}
