import { defineConfig } from "vitest/config";

/** The accelerator's own tests: they need the native package, which `test/tensorflow/prepare.mjs` makes. */
export default defineConfig({
  test: {
    include: ["test/tensorflow/**/*.test.ts"],
    testTimeout: 120_000,
    // A native library may be loaded only once a process.
    pool: "forks",
  },
});
