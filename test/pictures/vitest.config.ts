import { defineConfig } from "vitest/config";

/** `npm run pictures`: the README's pictures, from the real editor. Not a part of `npm test`. */
export default defineConfig({
  test: {
    include: ["test/pictures/**/*.test.ts"],
    globalSetup: ["test/e2e/support/editorServer.ts"],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    reporters: ["default"],
  },
});
