import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureBrowser } from "../../editor/browser.mjs";
import { ensureEditor } from "../../editor/install.mjs";
import { launchEditor } from "../../editor/launch.mjs";
import { packageExtension } from "../../../scripts/package.mjs";
import { extensionPackage } from "../../editor/paths.mjs";
import { makeWorkspaces, type Workspaces } from "./workspaces.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `http://127.0.0.1:PORT`, without a folder. */
    editorAddress: string;
    browser: string;
    workspaces: Workspaces;
  }
}

/** Packages the extension and serves it in one editor for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const report = (line: string) => console.log(line);
  const browser = await ensureBrowser(report);
  const editor = await ensureEditor(report);
  report(await packageExtension());
  const temporary = mkdtempSync(join(tmpdir(), "eigenlens-workspaces-"));
  const workspaces = makeWorkspaces(temporary);
  const running = await launchEditor({
    editor,
    folder: workspaces.samples,
    extension: extensionPackage,
    // Its numbers come a few seconds after a run's, which most tests must not depend on.
    settings: { "eigenlens.validation": "onDemand" },
  });
  project.provide("editorAddress", new URL(running.url).origin);
  project.provide("browser", browser);
  project.provide("workspaces", workspaces);
  return async () => {
    await running.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
}
