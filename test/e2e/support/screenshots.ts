import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach } from "vitest";
import { root } from "../../editor/paths.mjs";
import type { Workbench } from "./workbench.ts";

const folder = join(root, "test", "e2e", "output");

/** Writes what the window shows to the ignored folder `test/e2e/output`. */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await workbench.page.screenshot({ path: join(folder, `${name}.png`) });
}

/**
 * Writes what the window shows whenever a test of this suite fails. Call it after the suite's own
 * hooks: the last hook that is defined is the first to run afterwards.
 */
export function keepPicturesOfFailures(workbench: () => Workbench): void {
  afterEach(async ({ task }) => {
    const name = task.name.replace(/[^a-z0-9]+/gi, "-");
    if (task.result?.state === "fail") await screenshot(workbench(), `failed-${name}`);
  });
}
