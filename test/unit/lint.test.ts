import { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint();
});

/** The messages that the project's own rules have for a line of a file. */
async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result.messages
    .filter(({ ruleId }) => /^no-(restricted|console)/.test(ruleId ?? ""))
    .map(({ message }) => message);
}

describe("texts reach the user through one place", () => {
  const vscode = 'import * as vscode from "vscode";\n';
  it.each([
    "void vscode.window.showErrorMessage(name);",
    "void vscode.window.showQuickPick(names);",
    "void vscode.window.showInputBox();",
    "void vscode.window.showSaveDialog();",
    "void vscode.window.withProgress(options, work);",
    "vscode.window.setStatusBarMessage(name);",
    "vscode.window.createStatusBarItem();",
    "vscode.window.createQuickPick();",
    "vscode.window.createWebviewPanel(type, name, 1);",
    'void vscode.window["showErrorMessage"](name);',
    "const { showErrorMessage } = vscode.window;",
    "const { window } = vscode;",
    "const window = vscode.window;",
    "new vscode.MarkdownString(name);",
    "new vscode.TreeItem(name);",
    "new vscode.FileDecoration(name);",
    "new vscode.LanguageModelTextPart(name);",
    "item.tooltip = name;",
    "item.description = name;",
    "panel.title = name;",
    "view.message = name;",
  ])("the editor refuses %s", async (line) => {
    expect(await complaints("extension/commands/choosing/browse.ts", vscode + line)).not.toEqual(
      [],
    );
    expect(await complaints("extension/messages/notify.ts", vscode + line)).toEqual([]);
  });

  it("the editor takes no named imports of vscode, and all that shows no text", async () => {
    const named = 'import { window } from "vscode";\nvoid window.showErrorMessage(name);';
    expect(await complaints("extension/commands/choosing/browse.ts", named)).not.toEqual([]);
    const harmless = `${vscode}vscode.window.createTreeView("x", {}); void vscode.window.tabGroups.all;`;
    expect(await complaints("extension/commands/choosing/browse.ts", harmless)).toEqual([]);
  });

  it.each(["process.stdout.write(name);", "process.stderr.write(name);", "console.log(name);"])(
    "the command line refuses %s",
    async (line) => {
      for (const file of ["src/cli.ts", "src/commandLine/format.ts", "src/ged/method/run.ts"]) {
        expect(await complaints(file, line)).not.toEqual([]);
      }
    },
  );

  it.each([
    "node.textContent = name;",
    "node.innerHTML = name;",
    "node.insertAdjacentHTML('beforeend', name);",
    "node.setAttribute('title', name);",
    "document.write(name);",
  ])("the pages refuse %s", async (line) => {
    expect(await complaints("webview/results/header.ts", line)).not.toEqual([]);
  });
});
