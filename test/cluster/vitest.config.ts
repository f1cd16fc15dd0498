import { mergeConfig } from "vitest/config";
import shared from "../../vitest.config.ts";

const merged = mergeConfig(shared, {});
// Replaced, not merged: the shared list leaves this folder out, since it needs Python.
export default {
  ...merged,
  test: {
    ...merged.test,
    include: ["test/cluster/**/*.test.ts"],
    globalSetup: ["test/cluster/editorServer.ts"],
    // One machine for the cluster and the editor.
    fileParallelism: false,
    testTimeout: 900_000,
  },
};
