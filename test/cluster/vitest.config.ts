import { mergeConfig } from "vitest/config";
import shared from "../../vitest.config.ts";

const merged = mergeConfig(shared, {});
// Replaced, not merged: the shared list leaves this folder out, since it needs Python.
export default {
  ...merged,
  test: { ...merged.test, include: ["test/cluster/**/*.test.ts"], testTimeout: 900_000 },
};
