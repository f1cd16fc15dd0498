import { readFile } from "node:fs/promises";

/**
 * Scales of Chart.js that no chart of ours registers, yet esbuild keeps: their static fields read a property, which
 * might have an effect. Marked as pure, they leave with the classes that nobody uses (17 kB of each page).
 */
const reads = [
  ["static defaults = TimeScale.defaults", "static defaults = ", "TimeScale.defaults"],
  ["callback: Ticks.formatters.numeric", "callback: ", "Ticks.formatters.numeric"],
];

/** An esbuild plugin; it fails if Chart.js is no longer written as it was. */
export const unusedScales = {
  name: "unused-scales",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[\\/]chart\.js[\\/]dist[\\/]chart\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [read, before, value] of reads) {
        if (!contents.includes(read))
          throw new Error(`${path} has no "${read}": see ${import.meta.filename}.`);
        contents = contents.replaceAll(read, `${before}/* @__PURE__ */ (() => ${value})()`);
      }
      return { contents, loader: "js" };
    });
  },
};
