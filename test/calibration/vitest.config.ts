import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/calibration/**/*.test.ts"],
    testTimeout: 2 * 60 * 60 * 1000,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
