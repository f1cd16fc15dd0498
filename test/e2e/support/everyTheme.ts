import type { Frame } from "playwright-core";
import { expect } from "vitest";
import { themes, type Workbench } from "./workbench.ts";

const widths = [1280, 500];

/** Looks at a webview in every theme, 1280 and 500 pixels wide; the window is then as it was. */
export async function inEveryTheme(
  workbench: Workbench,
  frame: Frame,
  look: (name: string) => Promise<void>,
): Promise<void> {
  const size = workbench.page.viewportSize();
  const inner = () => frame.evaluate(() => innerWidth);
  const before = await inner();
  const beside = Math.max(0, (size?.width ?? 0) - before);
  for (const theme of themes) {
    await workbench.useTheme(theme);
    for (const width of widths) {
      await workbench.page.setViewportSize({ width: width + beside, height: size?.height ?? 950 });
      await expect.poll(inner).toBe(width);
      await look(`${theme.replaceAll(" ", "-")}-${String(width)}`);
    }
    if (size) await workbench.page.setViewportSize(size);
    await expect.poll(inner).toBe(before);
  }
}

/** By how many pixels a page is wider than its window. */
export async function overflow(frame: Frame): Promise<number> {
  return frame.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
