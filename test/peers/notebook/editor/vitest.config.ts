import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/peers/notebook/editor/**/*.e2e.ts"],
    globalSetup: ["test/peers/notebook/editor/editorServer.ts"],
    testTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
