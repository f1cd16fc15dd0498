// How soon the panel's figures follow the slider of the shrinkage, in a real Chromium with a real engine behind
// it: prints one JSON object.
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { browserArguments, ensureBrowser } from "../editor/browser.mjs";
import { startPageServer } from "../webview/support/pageServer.ts";
import { RunHost } from "../webview/support/runHost.ts";
import { watchFrames, type DrawnFrame, type SliderEvent } from "./panelFrames.ts";

const root = process.cwd();

/** Between two moves of the pointer: a display's frame. */
const frameMilliseconds = 1000 / 60;
const dragMoves = 240;
/** Long enough that each step is answered before the next. */
const pauseMilliseconds = 700;
const steps = 30;

async function main(): Promise<void> {
  const executablePath = await ensureBrowser((line) => process.stderr.write(`${line}\n`));
  const host = await RunHost.create(join(root, "samples/him.npy"), join(root, "samples/her.npy"));
  const server = await startPageServer(root, host);
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.addInitScript(watchFrames);
    await page.goto(`${server.address}/?theme=dark`);
    await page.locator("[data-part='scatter-forward'][aria-busy='false']").waitFor();
    await page.waitForTimeout(1000);
    const dragged = await measured(page, dragMoves, frameMilliseconds);
    const stepped = await measured(page, steps, pauseMilliseconds);
    await page.reload();
    const heldOutSeconds = await firstHeldOutPicture(page);
    process.stdout.write(`${JSON.stringify({ dragged, stepped, heldOutSeconds }, null, 2)}\n`);
  } finally {
    await browser.close();
    await server.close();
    await host.dispose();
  }
}

/** From a click on _Validate_ to projections that are held out. */
async function firstHeldOutPicture(page: Page): Promise<number> {
  await page.locator("[data-part='scatter-forward'][aria-busy='false']").waitFor();
  const button = page.locator("[data-part='validate']");
  await button.scrollIntoViewIfNeeded();
  const clicked = performance.now();
  await button.click();
  await page
    .locator("[data-part='projections-forward'] figcaption", { hasText: /^Held out: / })
    .waitFor({ state: "attached" });
  return (performance.now() - clicked) / 1000;
}

/** Drags the slider to and fro, and says how long each event waited for its frame, or for a younger one's. */
async function measured(page: Page, moves: number, pause: number) {
  const box = await page.locator("[data-part='shrinkage-slider']").boundingBox();
  if (box === null) throw new Error("The panel shows no slider.");
  const y = box.y + box.height / 2;
  const place = (move: number) => box.x + box.width * (0.5 + 0.4 * Math.sin(move / 9));
  await page.mouse.move(place(0), y);
  await page.mouse.down();
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    globalThis.sliderEvents.length = 0;
    globalThis.drawnFrames.length = 0;
  });
  for (let move = 1; move <= moves; move += 1) {
    const next = new Promise((resolve) => setTimeout(resolve, pause));
    await page.mouse.move(place(move), y);
    await next;
  }
  await page.mouse.up();
  await page.waitForTimeout(1000);
  const [events, frames] = await page.evaluate(() => [
    globalThis.sliderEvents,
    globalThis.drawnFrames,
  ]);
  return summarized(events, frames);
}

function summarized(all: readonly SliderEvent[], frames: readonly DrawnFrame[]) {
  // The same γ again (it has two digits) asks for nothing.
  const events = all.filter(({ shrinkage }, i) => shrinkage !== all[i - 1]?.shrinkage);
  const seconds = ((all.at(-1)?.at ?? 0) - (all[0]?.at ?? 0)) / 1000;
  const waits: number[] = [];
  events.forEach(({ at }, i) => {
    const younger = events.slice(i);
    const frame = frames.find(
      (each) =>
        each.at > at &&
        younger.some((event) => event.at < each.at && event.shrinkage === each.shrinkage),
    );
    if (frame) waits.push(frame.at - at);
  });
  waits.sort((a, b) => a - b);
  const quantile = (share: number) => waits[Math.ceil(share * waits.length) - 1] ?? NaN;
  return {
    events: events.length,
    unanswered: events.length - waits.length,
    framesPerSecond: frames.length / seconds,
    medianMilliseconds: quantile(0.5),
    p95Milliseconds: quantile(0.95),
    longestMilliseconds: quantile(1),
  };
}

void main();
