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
];
const directions = [
  { target: "./src", from: ["./extension", "./webview", "./test"] },
  { target: "./webview", from: ["./extension", "./test"] },
  { target: "./webview", from: "./src", except: ["./protocol"] },
  { target: "./extension", from: ["./webview", "./test"] },
  // Run documents are read in the worker: the host's thread parses no file that a stranger may have made.
  { target: "./extension", from: "./src/runs/reading" },
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
  "test/e2e/support/workbench.ts",
];

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
  {
    files: ["src/cli.ts", "src/cli/**/*.ts", "test/**", "**/*.mjs"],
    rules: { "no-console": "off" },
  },
  // A command for developers, not a part of the extension: it shares the editor's set-up with the tests.
  { files: ["extension/start.mjs"], rules: { "import-x/no-restricted-paths": "off" } },
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
