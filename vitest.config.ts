import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{unit,golden,formats,fuzz,webview}/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
