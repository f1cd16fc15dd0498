import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../editor/paths.mjs";
import type { Workbench } from "./workbench.ts";

const folder = join(root, "test", "e2e", "output");

/** Writes what the window shows to the ignored folder `test/e2e/output`. */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await workbench.page.screenshot({ path: join(folder, `${name}.png`) });
}
