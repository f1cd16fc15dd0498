// How long the editor waits for the packaged extension, in code-server with Chromium: loading the bundle and calling
// `activate()` apart, over several windows, each with an extension host of its own. Milliseconds; prints one JSON object.
// `elapsed` is what the editor itself notes, `processor` what the host's thread took of it on a machine with other work.
//
//   node test/bench/activation.mjs [--windows 9]
//
// It packages what `npm run build` has made.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { packageExtension } from "../../scripts/package.mjs";
import { browserArguments, ensureBrowser } from "../editor/browser.mjs";
import { ensureEditor } from "../editor/install.mjs";
import { launchEditor } from "../editor/launch.mjs";
import { packExtension } from "../editor/packExtension.mjs";
import { extensionPackage } from "../editor/paths.mjs";
import { here, root } from "./environment.mjs";

const pollMilliseconds = 100;
const longestMilliseconds = 60_000;

const { values: options } = parseArgs({ options: { windows: { type: "string", default: "9" } } });
const report = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);

report(await packageExtension());
const executablePath = await ensureBrowser(report);
const editor = await ensureEditor(report);
const temporary = mkdtempSync(join(tmpdir(), "eigenlens-activation-"));
const [folder, answers] = [join(temporary, "samples"), join(temporary, "answers")];
// Files of activations in the folder are what starts the extension.
cpSync(join(root, "samples"), folder, { recursive: true });
mkdirSync(answers);
const reader = packExtension(temporary, {
  publisher: "eigenlens-bench",
  name: "marks-reader",
  entry: join(here, "activation", "marksReader.ts"),
  commands: [],
  // Before ours.
  activation: "*",
});
const running = await launchEditor({
  editor,
  folder,
  extension: extensionPackage,
  others: [reader],
  environment: { EIGENLENS_ACTIVATION_ANSWERS: answers },
});
const browser = await chromium.launch({ executablePath, args: browserArguments });
try {
  const times = [];
  for (let window = 0; window < Number(options.windows); window += 1) {
    times.push(await timesOfNewWindow());
  }
  const result = {
    load: loadavg()[0],
    elapsed: summaries(times.map(({ elapsed }) => elapsed)),
    processor: summaries(times.map(({ processor }) => processor)),
  };
  console.log(JSON.stringify(result, null, 1));
} finally {
  await browser.close();
  await running.stop();
  rmSync(temporary, { recursive: true, force: true });
}

/** @typedef {{ loading: number, activating: number }} Times */

/** @returns {Promise<{ elapsed: Times, processor: Times }>} */
async function timesOfNewWindow() {
  const known = new Set(readdirSync(answers));
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
  try {
    await page.goto(running.url);
    for (let waited = 0; waited < longestMilliseconds; waited += pollMilliseconds) {
      const name = readdirSync(answers).find((each) => each.endsWith(".json") && !known.has(each));
      if (name !== undefined) return JSON.parse(readFileSync(join(answers, name), "utf8"));
      await wait(pollMilliseconds);
    }
    throw new Error("The editor noted no start of the extension.");
  } finally {
    await page.close();
  }
}

/** @param {readonly Times[]} times */
function summaries(times) {
  return {
    loading: summary(times.map(({ loading }) => loading)),
    activating: summary(times.map(({ activating }) => activating)),
    together: summary(times.map(({ loading, activating }) => loading + activating)),
  };
}

/** @param {readonly number[]} times in the order of the windows: the first is that of a server just started */
function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const round = (/** @type {number | undefined} */ time) => Number(time?.toFixed(1));
  return {
    ...{ least: round(sorted[0]), median: round(median), most: round(sorted.at(-1)) },
    all: times.map(round).join(" "),
  };
}
