import * as vscode from "vscode";
import { sourcePath } from "../activations/sourcePath.ts";
import { fileDecoration } from "../messages/treeItem.ts";
import type { Marks, Role } from "../roles.ts";
import { roleOf, rolesInFile } from "../roles.ts";

const tensorScheme = "eigenlens-tensor";

/** An address for one tensor of a file, so that it can wear a badge like a file does. */
export function tensorUri(path: string, tensor: string): vscode.Uri {
  // Only below an authority may the path begin with two slashes, the second of them the file's own.
  return vscode.Uri.from({
    scheme: tensorScheme,
    authority: "tensor",
    path: `/${path}`,
    query: tensor,
  });
}

/** Badges T and R on what is marked, in the explorer and in the Activations view. */
export class RoleDecorations implements vscode.FileDecorationProvider {
  readonly #marks: () => Marks;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(marks: () => Marks) {
    this.#marks = marks;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const marks = this.#marks();
    if (uri.scheme === tensorScheme) {
      const role = roleOf(marks, uri.path.slice(1), uri.query);
      return role && decoration([role]);
    }
    const roles = rolesInFile(marks, sourcePath(uri));
    return roles.length > 0 ? decoration(roles) : undefined;
  }
}

function decoration(roles: readonly Role[]): vscode.FileDecoration {
  const words: Record<Role, string> = {
    target: vscode.l10n.t("Target of the next run"),
    reference: vscode.l10n.t("Reference of the next run"),
  };
  const badge = roles.map((role) => (role === "target" ? "T" : "R")).join("");
  const color = roles[0] === "target" ? "charts.blue" : "charts.orange";
  return fileDecoration(
    badge,
    roles.map((role) => words[role]).join(", "),
    new vscode.ThemeColor(color),
  );
}
