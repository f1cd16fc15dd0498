// Shows the panel and the inspector in any browser, from a real run, without VS Code:
//   node test/webview/serve.mjs [TARGET REFERENCE]
// Themes: ?theme=light, dark, highContrast, highContrastLight.
import { build } from "esbuild";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..", "..");
const outfile = join(root, ".cache", "webview-page", "development.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["test/webview/support/development.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile,
  logLevel: "warning",
});
const { serve } = await import(pathToFileURL(outfile).href);
const [target = "samples/him.npy", reference = "samples/her.npy"] = process.argv.slice(2);
await serve(root, target, reference);
