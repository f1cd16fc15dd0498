// The texts that an expression of TypeScript may give, as templates with `{0}`, `{1}` for what is only known later.
import ts from "typescript";

/** More alternatives than this in one text are a sign that it should be written as several. */
const mostAlternatives = 16;

/** @typedef {(string | undefined)[]} Pieces of a text: a string as it is, undefined for a value */

/**
 * Templates of all texts that an expression may give: both branches of a condition, and the constants that it names.
 * @param {ts.Expression} expression
 * @returns {string[] | undefined} undefined if it is no literal text
 */
export function templatesOf(expression) {
  const found = alternatives(expression);
  if (!found) return undefined;
  if (found.length > mostAlternatives) {
    throw new Error(`${found.length} alternatives in one text: ${expression.getText()}`);
  }
  return [...new Set(found.map(numbered))];
}

/** @param {Pieces} pieces */
function numbered(pieces) {
  let place = 0;
  return pieces.map((piece) => piece ?? `{${String(place++)}}`).join("");
}

/** @type {Pieces[]} */
const value = [[undefined]];

/**
 * @param {ts.Expression} node
 * @returns {Pieces[] | undefined}
 */
function alternatives(node) {
  if (ts.isStringLiteralLike(node)) return [[node.text]];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
    return alternatives(node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    const [whenTrue, whenFalse] = [alternatives(node.whenTrue), alternatives(node.whenFalse)];
    return whenTrue && whenFalse ? [...whenTrue, ...whenFalse] : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [alternatives(node.left), alternatives(node.right)];
    return left || right ? joined(left ?? value, right ?? value) : undefined;
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (texts, { expression, literal }) =>
        joined(joined(texts, alternatives(expression) ?? value), [[literal.text]]),
      /** @type {Pieces[]} */ ([[node.head.text]]),
    );
  }
  if (ts.isIdentifier(node)) {
    const constant = constantNamed(node);
    return constant && alternatives(constant);
  }
  return undefined;
}

/**
 * @param {Pieces[]} left
 * @param {Pieces[]} right
 */
function joined(left, right) {
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

/**
 * What the nearest `const` of that name in the same file is set to.
 * @param {ts.Identifier} identifier
 * @returns {ts.Expression | undefined}
 */
function constantNamed(identifier) {
  /** @param {ts.BindingName} name */
  const isIt = (name) => ts.isIdentifier(name) && name.text === identifier.text;
  for (let scope = /** @type {ts.Node} */ (identifier.parent); scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some(({ name }) => isIt(name))) {
      return undefined;
    }
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      if (!(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
      const found = statement.declarationList.declarations.find(({ name }) => isIt(name));
      if (found) return found.initializer;
    }
  }
  return undefined;
}
