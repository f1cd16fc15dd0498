import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the editor is installed; ignored by git and safe to delete. */
export const editorFolder = join(root, ".cache", "editor");

/** The packaged extension. */
export const extensionPackage = join(root, "dist", "eigenlens.vsix");
