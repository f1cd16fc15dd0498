// All texts of the product that the editor shows, as the keys of VS Code's bundles.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { templatesOf } from "./literals.mjs";

/** Where the engine's texts are. */
const engineFolders = [
  "src/activations",
  "src/capture",
  "src/conditions",
  "src/directions",
  "src/engine",
  "src/files",
  "src/ged",
  "src/machine",
  "src/moments",
  "src/notebook",
  "src/runs",
  "extension/engine",
];

/** Their lines stay English: they speak of the bytes of a damaged file. */
const englishOnly = [
  "src/activations/formats",
  "src/activations/sources",
  "src/activations/libraries",
];

/** Words that the engine puts into its texts as values, with what is counted before them. */
const engineWords = [
  "target",
  "reference",
  "the mean difference",
  "the linear discriminant",
  "pairs",
  "groups",
  "independent rows",
  "{0} pair",
  "{0} pairs",
  "{0} group",
  "{0} groups",
  "{0} cluster",
  "{0} clusters",
  "it is no UTF-8 text",
  "it is no valid JSON",
  "it holds no token",
  "it has no vocabulary",
  "it is neither a table nor a list of names",
  "it has {0} bytes, more than any vocabulary",
];

/** What is added to an engine's template, so that the product tells it from other texts; to VS Code it is a comment. */
const engineMark = "engine";

/**
 * The English bundle: every text of the host, of the webviews and of the engine.
 * @param {string} root of the project
 * @returns {Record<string, string | { message: string, comment: string[] }>}
 */
export function englishBundle(root) {
  const own = [...hostTexts(root), ...webviewTexts(root)].map((text) => [text, text]);
  const engine = engineTexts(root).map((message) => [
    `${message}/${engineMark}`,
    { message, comment: [engineMark] },
  ]);
  return Object.fromEntries([...own, ...engine]);
}

/**
 * Literals in `vscode.l10n.t(...)` and in `translate(...)`, which stands for it.
 * @param {string} root
 */
function hostTexts(root) {
  return textsOf(root, ["extension"], (node) => {
    if (!ts.isCallExpression(node)) return [];
    const callee = node.expression.getText();
    if (callee !== "vscode.l10n.t" && callee !== "translate") return [];
    const [message] = node.arguments;
    const texts = message && templatesOf(message);
    // The webviews' texts are in the bundle anyway.
    if (!texts && !/\b\w+Strings\[/.test(node.getText())) {
      throw new Error(`${callee} takes a literal, not ${node.getText()}`);
    }
    return texts ?? [];
  });
}

/** @param {string} root */
function webviewTexts(root) {
  return textsOf(root, ["src/protocol/strings"], (node) =>
    ts.isPropertyAssignment(node) ? (templatesOf(node.initializer) ?? []) : [],
  );
}

/**
 * Lines of errors, names of steps, reasons, and every other literal that is a whole sentence.
 * @param {string} root
 */
function engineTexts(root) {
  const texts = textsOf(root, engineFolders, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === "EigenlensError") {
      return literalAt(node.arguments, 1);
    }
    if (ts.isPropertyAssignment(node) && ["step", "reason"].includes(node.name.getText())) {
      return templatesOf(node.initializer) ?? [];
    }
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (callee === "clock.report") return literalAt(node.arguments, 0);
      if (callee === "orOmitted") return literalAt(node.arguments, 1);
      return [];
    }
    if (!ts.isStringLiteral(node) && !ts.isTemplateExpression(node)) return [];
    return inError(node) ? [] : (templatesOf(outermost(node)) ?? []).filter(isSentence);
  });
  return [...texts.filter(hasWords), ...engineWords];
}

/**
 * @param {readonly ts.Expression[] | undefined} given
 * @param {number} place
 */
function literalAt(given, place) {
  const expression = given?.[place];
  return (expression && templatesOf(expression)) ?? [];
}

/** @param {ts.Node} node */
function inError(node) {
  for (let at = node.parent; at && ts.isExpression(at); at = at.parent) {
    if (ts.isNewExpression(at)) return at.expression.getText().endsWith("Error");
  }
  return false;
}

/**
 * The whole sum that a literal is part of.
 * @param {ts.Expression} node
 * @returns {ts.Expression}
 */
function outermost(node) {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken
    ? outermost(parent)
    : node;
}

/** @param {string} text */
function isSentence(text) {
  return /^[A-Z{]/.test(text) && /[a-z] [a-z{].* .*\.$/.test(text);
}

/**
 * A template that is nearly all values would fit everything.
 * @param {string} text
 */
function hasWords(text) {
  return text.replace(/\{\d+\}/g, "").replace(/[^A-Za-z]/g, "").length >= 4;
}

/**
 * @param {string} root
 * @param {readonly string[]} folders
 * @param {(node: ts.Node) => readonly string[]} find
 * @returns {string[]}
 */
function textsOf(root, folders, find) {
  const texts = new Set();
  for (const path of folders.flatMap((folder) => sources(root, folder))) {
    const source = readFileSync(join(root, path), "utf8");
    const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
    /** @param {ts.Node} node */
    const visit = (node) => {
      for (const text of find(node)) texts.add(text);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return [...texts];
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function sources(root, folder) {
  if (englishOnly.includes(folder)) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sources(root, path);
      return entry.name.endsWith(".ts") ? [path] : [];
    });
}
