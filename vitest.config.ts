import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{unit,golden,formats,fuzz}/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
