import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { keepPicturesOfFailures } from "./screenshots.ts";
import { Workbench } from "./workbench.ts";
import type { Workspaces } from "./workspaces.ts";

interface SuiteOptions {
  /** A file that the explorer must show before anything begins. */
  readonly firstFile?: string;
  /** Whether each test leaves an editor area without tabs. */
  readonly closesEditors?: boolean;
}

/**
 * Opens a window before the tests of a suite and closes it after them; an error thrown in it fails the
 * suite, and a test that fails leaves a picture.
 * @param use gets the window before the first test
 */
export function useWorkbench(
  workspace: keyof Workspaces,
  use: (workbench: Workbench) => unknown,
  { firstFile, closesEditors = false }: SuiteOptions = {},
): void {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await Workbench.open(inject("workspaces")[workspace], firstFile);
    await use(workbench);
  });
  afterEach(async () => {
    if (closesEditors) await workbench.closeAllEditors();
  });
  afterAll(async () => {
    expect(workbench.pageErrors).toEqual([]);
    await workbench.close();
  });
  keepPicturesOfFailures(() => workbench);
}
