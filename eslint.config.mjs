import js from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import globals from "globals";
import tseslint from "typescript-eslint";

// The one direction in which code may depend: each folder lists what it must not import.
// Data flows activations -> conditions -> ged -> runs -> protocol -> (extension | webview).
const everywhere = [
  "./errors.ts",
  "./cancellation.ts",
  "./lookup.ts",
  "./text",
  "./files",
  "./machine",
  "./threads",
];
const directions = [
  { target: "./src", from: ["./extension", "./webview", "./test"] },
  { target: "./webview", from: ["./extension", "./test"] },
  { target: "./webview", from: "./src", except: ["./protocol"] },
  { target: "./extension", from: ["./webview", "./test"] },
  // Run documents are read in the worker: the host's thread parses no file that a stranger may have made.
  { target: "./extension", from: "./src/runs/reading" },
  // Runs are made and kept whoever shows them.
  { target: "./extension/runs", from: "./extension/panels" },
  {
    target: "./src/activations",
    from: "./src",
    except: ["./activations", ...everywhere],
  },
  {
    target: "./src/files",
    from: "./src",
    except: ["./files", "./errors.ts", "./lookup.ts", "./text"],
  },
  {
    target: "./src/linalg",
    from: "./src",
    except: ["./linalg", ...everywhere],
  },
  { target: "./src/statistics", from: "./src", except: ["./statistics", ...everywhere] },
  {
    target: "./src/conditions",
    from: "./src",
    except: ["./conditions", "./activations", ...everywhere],
  },
  {
    target: "./src/ged",
    from: "./src",
    except: ["./ged", "./statistics", "./linalg", "./conditions", "./activations", ...everywhere],
  },
  {
    target: "./src/directions",
    from: ["./src/runs", "./src/protocol", "./src/engine", "./src/exports", "./src/commandLine"],
  },
  { target: "./src/runs", from: ["./src/exports"] },
  { target: "./src/exports", from: ["./src/engine", "./src/commandLine", "./src/cli.ts"] },
  {
    target: "./src/moments",
    from: "./src",
    except: ["./moments", "./ged", "./linalg", "./conditions", "./activations", ...everywhere],
  },
  { target: "./src/notebook", from: "./src", except: ["./notebook", ...everywhere] },
  { target: "./src/runs", from: ["./src/protocol", "./src/engine", "./src/cli.ts"] },
  { target: "./src/protocol", from: ["./src/engine", "./src/cli.ts"] },
];

const noClock =
  "Tests assert order and cause; bounds of time belong into test/bench, points in time are written out.";
const clocks = [
  ["performance", "now"],
  ["Date", "now"],
  ["process", "hrtime"],
  ["console", "time"],
];
/** Tests that read a clock all the same. */
const mayReadClocks = [
  // Waits with a deadline for an editor that is still busy.
  "test/e2e/support/retry.ts",
];
// Texts reach VS Code's own interface and the terminal through one place each, which makes names from files
// harmless there.
const windowTexts =
  /^(show(?!TextDocument$|NotebookDocument$)|with(Scm)?Progress$|setStatusBarMessage$|create(QuickPick|InputBox|StatusBarItem|WebviewPanel|OutputChannel|Terminal)$)/;
const textClasses =
  /^(TreeItem|MarkdownString|FileDecoration|LanguageModel(Text|Data|Prompt)\w*|LanguageModelToolResult|Hover|Diagnostic|StatusBarItem|QuickPickItem)$/;
const textProperties =
  /^(tooltip|label|description|detail|title|placeholder|placeHolder|prompt|message|validationMessage|badge)$/;
const viaMessages = "Show it through extension/messages, which makes texts harmless.";
const hostTexts = [
  [`MemberExpression[object.property.name="window"][property.name=${windowTexts}]`],
  [`MemberExpression[object.property.name="window"][computed=true]`],
  // No other way to the window.
  [`:not(MemberExpression) > MemberExpression[object.name="vscode"][property.name="window"]`],
  [`VariableDeclarator[init.name="vscode"]`],
  [`ImportDeclaration[source.value="vscode"] > ImportSpecifier`],
  [`NewExpression[callee.property.name=${textClasses}]`],
  [`AssignmentExpression > MemberExpression.left[property.name=${textProperties}]`],
].map(([selector]) => ({ selector, message: viaMessages }));
const pageTexts = [
  `AssignmentExpression > MemberExpression.left[property.name=/^(textContent|innerText|innerHTML|outerHTML|srcdoc|ariaLabel)$/]`,
  `CallExpression[callee.property.name=/^(insertAdjacentHTML|insertAdjacentText|createContextualFragment|createTextNode|parseFromString|setHTML|setHTMLUnsafe|write|writeln)$/]`,
  `CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^(title|aria-label|alt)$/]`,
].map((selector) => ({
  selector,
  message: "Use webview/components/dom.ts, which shows texts as text and makes them visible.",
}));
const viaOutput = "Print it through src/commandLine/output.ts, which makes texts harmless.";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      ".cache/",
      "**/output/",
      "**/data/",
      "src/activations/kernels/assembly/",
      "src/linalg/kernels/assembly/",
      "src/linalg/kernels/generated/",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: directions }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  // What ends up in the bundles is a dependency, so that an audit sees it.
  {
    files: ["{src,extension,webview}/**/*.ts"],
    settings: { "import-x/core-modules": ["vscode"] },
    rules: {
      "import-x/no-extraneous-dependencies": [
        "error",
        { devDependencies: false, optionalDependencies: false },
      ],
    },
  },
  { files: ["src/**/*.ts"], rules: { "no-restricted-imports": ["error", "vscode"] } },
  // A file that grows beyond this has more than one reason to change. All lines count, as `wc -l` has them.
  { files: ["{src,extension,webview}/**/*.ts"], rules: { "max-lines": ["error", { max: 300 }] } },
  {
    files: ["extension/**/*.ts"],
    ignores: ["extension/messages/**"],
    rules: { "no-restricted-syntax": ["error", ...hostTexts] },
  },
  {
    files: ["webview/**/*.ts"],
    ignores: ["webview/components/dom.ts"],
    rules: { "no-restricted-syntax": ["error", ...pageTexts] },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/commandLine/output.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "stdout", message: viaOutput },
        { object: "process", property: "stderr", message: viaOutput },
        { object: "console", message: viaOutput },
      ],
    },
  },
  // A page brings its texts: none of them belongs into a webview's bundle.
  {
    files: ["webview/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["**/protocol/strings.ts", "**/protocol/findings/findingText.ts"],
              allowTypeImports: true,
              message: "Use text() of webview/text.ts: the page has the texts.",
            },
          ],
        },
      ],
    },
  },
  // What the types know: no promise is forgotten, no switch misses a case.
  {
    files: ["{src,extension,webview,test}/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: false, attributes: false, properties: false } },
      ],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/no-base-to-string": "error",
      "@typescript-eslint/restrict-plus-operands": "error",
    },
  },
  { files: ["test/**", "**/*.mjs"], rules: { "no-console": "off" } },
  // A test that passes only on an idle machine says nothing about the program: tests assert order and cause, and the
  // benchmarks measure time.
  {
    files: ["test/{unit,golden,formats,webview,e2e,fuzz}/**"],
    ignores: mayReadClocks,
    rules: {
      "no-restricted-properties": [
        "error",
        ...clocks.map(([object, property]) => ({ object, property, message: noClock })),
      ],
      "no-restricted-imports": [
        "error",
        { paths: ["perf_hooks", "node:perf_hooks"].map((name) => ({ name, message: noClock })) },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noClock },
      ],
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
);
