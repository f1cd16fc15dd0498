// Writes the tools of src/tools into the manifest (`npm run tools`).
import { build } from "esbuild";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apartFromLibraries } from "../../src/activations/libraries/bundles.mjs";
import { manifestEntries } from "./entries.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = mkdtempSync(join(tmpdir(), "eigenlens-tools-"));
try {
  const outfile = join(folder, "tools.cjs");
  await build({
    stdin: {
      contents: `export { tools } from "./src/tools/tools.ts"; export { toJsonSchema } from "@valibot/to-json-schema";`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: "node",
    plugins: [apartFromLibraries],
    external: ["@tensorflow/tfjs-node"],
    logLevel: "error",
  });
  const { tools, toJsonSchema } = createRequire(import.meta.url)(outfile);
  const path = join(root, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.contributes.languageModelTools = manifestEntries(tools, toJsonSchema);
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
