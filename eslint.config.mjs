import js from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import globals from "globals";
import tseslint from "typescript-eslint";

// The one direction in which code may depend: each folder lists what it must not import.
// Data flows activations -> conditions -> ged -> runs -> protocol -> (extension | webview).
const everywhere = ["./errors.ts", "./cancellation.ts", "./lookup.ts", "./text", "./machine"];
const directions = [
  { target: "./src", from: ["./extension", "./webview", "./test"] },
  { target: "./webview", from: ["./extension", "./test"] },
  { target: "./webview", from: "./src", except: ["./protocol"] },
  { target: "./extension", from: ["./webview", "./test"] },
  {
    target: "./src/activations",
    from: "./src",
    except: ["./activations", ...everywhere],
  },
  {
    target: "./src/linalg",
    from: "./src",
    except: ["./linalg", ...everywhere],
  },
  {
    target: "./src/conditions",
    from: "./src",
    except: ["./conditions", "./activations", ...everywhere],
  },
  {
    target: "./src/ged",
    from: "./src",
    except: ["./ged", "./linalg", "./conditions", "./activations", ...everywhere],
  },
  { target: "./src/runs", from: ["./src/protocol", "./src/engine", "./src/cli.ts"] },
  { target: "./src/protocol", from: ["./src/engine", "./src/cli.ts"] },
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
  { files: ["src/**/*.ts"], rules: { "no-restricted-imports": ["error", "vscode"] } },
  {
    files: ["src/cli.ts", "src/cli/**/*.ts", "test/**", "**/*.mjs"],
    rules: { "no-console": "off" },
  },
  // A command for developers, not a part of the extension: it shares the editor's set-up with the tests.
  { files: ["extension/start.mjs"], rules: { "import-x/no-restricted-paths": "off" } },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
);
