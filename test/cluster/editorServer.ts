import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageExtension } from "../../scripts/package.mjs";
import { ensureBrowser } from "../editor/browser.mjs";
import { ensureEditor } from "../editor/install.mjs";
import { launchEditor } from "../editor/launch.mjs";
import { extensionPackage } from "../editor/paths.mjs";
import { at, python } from "./cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `him.npy` and `her.npy`, and nothing else. */
    clusterWorkspace: string;
  }
}

/** Serves the packaged extension in an editor whose settings name the Python that has Dask. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const report = (line: string) => console.log(line);
  const browser = await ensureBrowser(report);
  const editor = await ensureEditor(report);
  report(await packageExtension());
  const folder = mkdtempSync(join(tmpdir(), "eigenlens-cluster-editor-"));
  for (const name of ["him.npy", "her.npy"]) {
    cpSync(join(at("small"), name), join(folder, name));
  }
  const running = await launchEditor({
    editor,
    folder,
    extension: extensionPackage,
    settings: { "eigenlens.validation": "onDemand", "eigenlens.python": python },
  });
  project.provide("editorAddress", new URL(running.url).origin);
  project.provide("browser", browser);
  project.provide("clusterWorkspace", folder);
  return async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
