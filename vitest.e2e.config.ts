import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/support/editorServer.ts"],
    // One editor serves all files, one browser after the other.
    fileParallelism: false,
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 240_000,
    teardownTimeout: 30_000,
    reporters: ["default"],
  },
});
