import { chromium, type Browser, type Frame, type Locator, type Page } from "playwright-core";
import { inject } from "vitest";
import { browserArguments } from "../../editor/browser.mjs";
import { retry } from "./retry.ts";

/** The time for what the editor does at once, and for what follows a start or a run. */
const SOON_MILLISECONDS = 5_000;
const LATE_MILLISECONDS = 40_000;
/** A window that opens while the machine does a dozen other things. */
const OPENING_MILLISECONDS = 100_000;

const THEMES = {
  light: "Light 2026",
  dark: "Dark 2026",
  "high contrast": "Dark High Contrast",
  "high contrast light": "Light High Contrast",
} as const;

export type Theme = keyof typeof THEMES;
/** Those in which each panel is looked at. */
export const themes = Object.keys(THEMES) as readonly Theme[];

/** A VS Code window in a browser, with what tests do in it. */
export class Workbench {
  readonly page: Page;
  readonly #browser: Browser;
  /** Errors thrown in the page or its webviews: a test that ends with any has found a fault. */
  readonly pageErrors: string[] = [];

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  /** Opens a window and waits until its explorer shows a file. */
  static open(folder: string, firstFile?: string): Promise<Workbench> {
    const url = `${inject("editorAddress")}/?folder=${encodeURIComponent(folder)}`;
    return Workbench.openUrl(url, firstFile);
  }

  /** Opens a window on another editor than that of the tests. */
  static async openUrl(url: string, firstFile?: string): Promise<Workbench> {
    const browser = await chromium.launch({
      executablePath: inject("browser"),
      args: browserArguments,
    });
    const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const workbench = new Workbench(browser, await context.newPage());
    workbench.page.on("pageerror", (error) => workbench.pageErrors.push(String(error)));
    await workbench.page.goto(url, { timeout: OPENING_MILLISECONDS });
    await workbench.ready(firstFile);
    return workbench;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Waits for the workbench after a start or a reload. */
  async ready(firstFile?: string): Promise<void> {
    const timeout = OPENING_MILLISECONDS;
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout });
    if (firstFile) await this.explorerRow(firstFile).waitFor({ timeout });
  }

  /** Reloads the window by its command: a browser's own reload may lose what was not stored yet. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load", { timeout: LATE_MILLISECONDS });
    await this.runCommand("Developer: Reload Window");
    await loaded;
    await this.ready();
  }

  /** Changes the colour theme of the open window. */
  async useTheme(theme: Theme): Promise<void> {
    const classes = {
      light: ".vs",
      dark: ".vs-dark",
      "high contrast": ".hc-black",
      "high contrast light": ".hc-light",
    };
    // An editor that is still opening takes the focus, and with it the list of themes.
    await retry(`the theme is ${theme}`, LATE_MILLISECONDS, async () => {
      await this.runCommand("Preferences: Color Theme");
      await this.quickInputBox.fill(THEMES[theme], { timeout: 1_500 });
      await this.quickInputRow(THEMES[theme]).click({ timeout: 1_500 });
      await this.quickInput.waitFor({ state: "hidden", timeout: 1_500 });
    });
    await this.page
      .locator(`.monaco-workbench${classes[theme]}`)
      .waitFor({ timeout: SOON_MILLISECONDS });
  }

  // --- the command palette and other quick inputs

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  get quickInputBox(): Locator {
    return this.quickInput.locator("input.input");
  }

  get quickInputRows(): Locator {
    return this.quickInput.locator(".quick-input-list .monaco-list-row");
  }

  /** The row of exactly this label. */
  quickInputRow(label: string): Locator {
    return this.quickInputRows
      .filter({ has: this.page.locator(".label-name", { hasText: exactly(label) }) })
      .first();
  }

  async quickInputLabels(): Promise<string[]> {
    const labels = await this.quickInputRows.locator(".label-name").allInnerTexts();
    return labels.map((label) => label.trim());
  }

  /** Waits for a quick pick of this title that offers something. */
  async quickInputTitle(title: string): Promise<void> {
    const bar = this.quickInput.locator(".quick-input-title", { hasText: title });
    await bar.waitFor({ timeout: LATE_MILLISECONDS });
    await this.quickInputRows.first().waitFor({ timeout: LATE_MILLISECONDS });
  }

  /** Types into an input box and accepts it; waits until the next step has taken its place. */
  async typeInput(text: string): Promise<void> {
    const box = this.quickInput.locator(".quick-input-box input");
    await retry(`"${text}" is typed`, SOON_MILLISECONDS, async () => {
      // The step before may still be closing.
      if ((await this.quickInputRows.count()) > 0) throw new Error("a list is shown");
      await box.fill(text, { timeout: 1_500 });
    });
    const shown = this.quickInput.locator(".quick-input-message");
    const message = await shown.innerText();
    await this.page.keyboard.press("Enter");
    await retry(`"${text}" is accepted`, SOON_MILLISECONDS, async () => {
      if (!(await this.quickInput.isVisible())) return;
      const now = await shown.innerText({ timeout: 500 });
      if (now === message) throw new Error(now);
    });
  }

  /** Runs a command by its full name, as the palette shows it. */
  async runCommand(name: string): Promise<void> {
    // An editor that is still opening takes the focus, and with it the palette.
    await retry(`the palette runs "${name}"`, LATE_MILLISECONDS, async () => {
      const row = await this.#showCommand(name);
      await row.click({ timeout: 1_500 });
    });
  }

  /** Types a command's full name into the palette and waits until it is the row that Enter runs. */
  async typeCommand(name: string): Promise<void> {
    await retry(`the palette offers "${name}"`, LATE_MILLISECONDS, async () => {
      const row = await this.#showCommand(name);
      const classes = await row.getAttribute("class");
      if (!classes?.includes("focused")) throw new Error("it is not the first row");
    });
  }

  /** Fails until the extensions are scanned: before, the palette knows no command of theirs. */
  async #showCommand(name: string): Promise<Locator> {
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("F1");
    await this.quickInputBox.fill(`>${name}`, { timeout: 1_500 });
    const row = this.quickInputRow(name);
    await row.waitFor({ timeout: 1_500 });
    return row;
  }

  // --- the explorer

  /** Brings the explorer to the front of the side bar. */
  async showExplorer(): Promise<void> {
    await this.runCommand("View: Show Explorer");
    await this.page.locator(".explorer-folders-view").waitFor({ timeout: SOON_MILLISECONDS });
  }

  explorerRow(file: string): Locator {
    return this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${file}"]`);
  }

  /** Selects files in the explorer, in this order. */
  async selectFiles(...files: readonly string[]): Promise<void> {
    await retry(`${files.join(" and ")} are selected`, LATE_MILLISECONDS, async () => {
      for (const [position, file] of files.entries()) {
        const modifiers = position === 0 ? [] : (["ControlOrMeta"] as const);
        await this.explorerRow(file).click({ modifiers: [...modifiers] });
      }
      for (const file of files) {
        const selected = await this.explorerRow(file).getAttribute("aria-selected");
        if (selected !== "true") throw new Error(`${file} is not`);
      }
    });
  }

  /** Right-clicks a row and chooses an entry of its menu. */
  async chooseFromMenu(row: Locator, entry: string): Promise<void> {
    const menu = this.page.locator(".monaco-menu");
    const item = menu
      .locator(".action-item")
      .filter({ has: this.page.getByText(entry, { exact: true }) })
      .locator(".action-menu-item");
    await retry(`the menu offers "${entry}"`, LATE_MILLISECONDS, async () => {
      // Escape closes a menu, but would clear the selection where there is none.
      if (await menu.isVisible()) await this.page.keyboard.press("Escape");
      await row.click({ button: "right" });
      await item.waitFor({ timeout: 2_000 });
    });
    // A click just after a menu opened is ignored.
    await retry(`the menu takes "${entry}"`, SOON_MILLISECONDS, async () => {
      await this.page.waitForTimeout(200);
      if (await item.isVisible()) await item.click({ timeout: 1_000 });
      await menu.waitFor({ state: "hidden", timeout: 500 });
    });
  }

  // --- messages

  get toasts(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item-message");
  }

  /** The text of the message that contains `part`. */
  async toast(part: string | RegExp): Promise<string> {
    const toast = this.toasts.filter({ hasText: part }).first();
    await toast.waitFor({ timeout: LATE_MILLISECONDS });
    return (await toast.innerText()).trim();
  }

  async clearToasts(): Promise<void> {
    await this.runCommand("Notifications: Clear All Notifications");
    await this.toasts.first().waitFor({ state: "hidden", timeout: SOON_MILLISECONDS });
  }

  // --- editors and webviews

  get tabs(): Locator {
    return this.page.locator(".editor-group-container .tab");
  }

  async tabNames(): Promise<string[]> {
    return (await this.tabs.locator(".label-name").allInnerTexts()).map((name) => name.trim());
  }

  async closeAllEditors(): Promise<void> {
    await this.runCommand("View: Close All Editors");
    await this.tabs.first().waitFor({ state: "detached", timeout: SOON_MILLISECONDS });
  }

  /**
   * The frame of a webview: the one that has an element of ours. Frame names are not stable.
   * @param selector an element that only this webview has
   */
  async webview(selector: string, timeout?: number): Promise<Frame> {
    const [frame] = await this.webviews(selector, 1, timeout);
    if (!frame) throw new Error(`No webview has ${selector}.`);
    return frame;
  }

  /** The frames of as many webviews of one kind, once there are. */
  async webviews(selector: string, count: number, timeout = LATE_MILLISECONDS): Promise<Frame[]> {
    return retry(`${count} webviews have ${selector}`, timeout, async () => {
      const found: Frame[] = [];
      for (const frame of this.page.frames()) {
        if (!frame.parentFrame()?.parentFrame()) continue;
        const element = await frame.$(selector).catch(() => null);
        if (element && (await element.isVisible())) found.push(frame);
        if (found.length === count) return found;
      }
      throw new Error(`${found.length} of ${this.page.frames().length} frames do`);
    });
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
