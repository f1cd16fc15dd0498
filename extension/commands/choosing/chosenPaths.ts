import * as vscode from "vscode";
import { EigenlensError } from "../../../src/errors.ts";
import type { ConditionSource } from "../../../src/conditions/condition.ts";
import type { ActivationNode } from "../../activations/activationNodes.ts";
import { sourcePath } from "../../activations/sourcePath.ts";

/**
 * The files a menu was opened on: the explorer hands over `(uri, uris)`, a tree `(node, nodes)`, the
 * palette nothing.
 * @throws EigenlensError "usage" if more than two files are selected
 */
export function chosenPaths(clicked: unknown, all: unknown): string[] {
  const chosen = chosenSources(clicked, all);
  const paths = [...new Set(chosen.map(({ path }) => path))];
  if (paths.length > 2) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t(
        "{0} files are selected: select one file that holds both conditions, or two.",
        paths.length,
      ),
    );
  }
  return paths;
}

/** As {@link chosenPaths}, with the tensor where one was clicked. */
export function chosenSources(clicked: unknown, all: unknown): ConditionSource[] {
  const selected = Array.isArray(all) && all.length > 0 ? all : [clicked];
  return selected.map(sourceOf).filter((source) => source !== undefined);
}

function sourceOf(value: unknown): ConditionSource | undefined {
  if (value instanceof vscode.Uri) return { path: sourcePath(value) };
  const node = nodeOf(value);
  if (!node || node.kind === "note" || node.kind === "more") return undefined;
  if (node.kind === "file" || node.kind === "folder") return { path: node.path };
  return { path: node.path, ...(node.tensor.name ? { tensor: node.tensor.name } : {}) };
}

/** The row of the Activations view that a command was called on, if it was. */
export function nodeOf(value: unknown): ActivationNode | undefined {
  return isNode(value) ? value : undefined;
}

function isNode(value: unknown): value is ActivationNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    ["file", "folder", "tensor", "more", "note"].some((kind) => kind === value.kind)
  );
}
