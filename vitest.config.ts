import { readFile } from "node:fs/promises";
import { defineConfig } from "vitest/config";

/** WebAssembly side modules as base64 text, as the bundler embeds them. */
const sharedObjects = {
  name: "shared-objects",
  enforce: "pre" as const,
  async load(id: string) {
    if (!id.endsWith(".so")) return undefined;
    return `export default ${JSON.stringify((await readFile(id)).toString("base64"))}`;
  },
};

export default defineConfig({
  plugins: [sharedObjects],
  test: {
    // Bundled by the plugin above instead of loaded by Node, which cannot import its parts.
    server: { deps: { inline: [/h5wasm-plugins/] } },
    include: ["test/{unit,golden,formats,fuzz,webview}/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
