import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageExtension } from "../../../../scripts/package.mjs";
import { ensureBrowser } from "../../../editor/browser.mjs";
import { ensureEditor } from "../../../editor/install.mjs";
import { launchEditor } from "../../../editor/launch.mjs";
import { extensionPackage, root } from "../../../editor/paths.mjs";
import { packPlayedJupyter } from "./playedExtension.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the editor's extensions' own files. */
    globalStorage: string;
    notebooks: string;
  }
}

/** Serves an editor with Eigenlens and the played Jupyter extension, in a folder with a notebook. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const report = (line: string) => console.log(line);
  const browser = await ensureBrowser(report);
  const editor = await ensureEditor(report);
  report(await packageExtension());
  const temporary = mkdtempSync(join(tmpdir(), "eigenlens-notebooks-"));
  const folder = join(temporary, "work");
  mkdirSync(folder);
  for (const name of ["him", "her"]) {
    cpSync(join(root, "samples", `${name}.npy`), join(temporary, `${name}.npy`));
  }
  writeFileSync(join(folder, "walk.ipynb"), notebook(temporary));
  const running = await launchEditor({
    editor,
    folder,
    extension: extensionPackage,
    others: [packPlayedJupyter(temporary)],
    settings: { "eigenlens.validation": "onDemand" },
    environment: {
      EIGENLENS_PEER_PYTHON: process.env["EIGENLENS_PEER_PYTHON"] ?? "python3",
      EIGENLENS_PEER_BRIDGE: join(import.meta.dirname, "..", "bridge.py"),
    },
  });
  project.provide("editorAddress", new URL(running.url).origin);
  project.provide("browser", browser);
  project.provide("notebooks", folder);
  project.provide("globalStorage", join(running.userData, "User", "globalStorage"));
  return async () => {
    await running.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
}

/** Two conditions, one with tokens, and two that cannot be used. */
function notebook(data: string): string {
  const load = (name: string) =>
    `${name} = np.load(${JSON.stringify(join(data, `${name}.npy`))})\n`;
  const source = [
    "import numpy as np\n",
    ...["him", "her"].map(load),
    "stack = np.stack([him[:, :64], her[:53, :64], him[:, 64:128]], axis=1)\n",
    "objects = him.astype(object)\n",
    "word = 'no array'",
  ];
  const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source };
  const metadata = { language_info: { name: "python" } };
  return JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 });
}
