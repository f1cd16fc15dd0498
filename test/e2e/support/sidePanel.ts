import type { Frame, Locator } from "playwright-core";
import { expect } from "vitest";
import { retry } from "./retry.ts";
import type { Workbench } from "./workbench.ts";

export type SideView = "Activations" | "Runs" | "Inspector";

/** The extension's views in the side bar. */
export class SidePanel {
  readonly #workbench: Workbench;

  private constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  static async open(workbench: Workbench): Promise<SidePanel> {
    const panel = new SidePanel(workbench);
    const item = workbench.page.locator('.activitybar .action-item a[aria-label="Eigenlens"]');
    const view = panel.view("Activations");
    await retry("the side panel opens", 20_000, async () => {
      // A second click would close it again: one that comes late, too, so that it must stay open a while.
      if (!(await view.isVisible())) {
        await item.click({ timeout: 2_000 });
        await view.waitFor({ timeout: 2_000 });
      }
      await workbench.page.waitForTimeout(300);
      if (!(await view.isVisible())) throw new Error("it closed again");
    });
    return panel;
  }

  view(name: SideView): Locator {
    return this.#workbench.page
      .locator(".sidebar .pane")
      .filter({ has: this.#workbench.page.locator(`.pane-header[aria-label="${name} Section"]`) });
  }

  /** Leaves the Activations view alone in the side bar: a list has elements only of the rows that have room. */
  async showOnlyActivations(): Promise<void> {
    for (const name of ["Runs", "Inspector"] as const) {
      const header = this.view(name).locator(".pane-header");
      await retry(`${name} is closed`, 5_000, async () => {
        if ((await header.getAttribute("aria-expanded")) === "false") return;
        await header.click({ timeout: 1_000 });
        throw new Error("it was open");
      });
    }
  }

  rows(name: "Activations" | "Runs"): Locator {
    return this.view(name).locator(".monaco-list-row");
  }

  /** The row of an activation file or a run, by how its text begins. */
  row(name: "Activations" | "Runs", beginning: string): Locator {
    return this.view(name).locator(`.monaco-list-row[aria-label^="${beginning}"]`).first();
  }

  /** Waits until a row says this; a failure tells what it said instead, or that there was no such row. */
  async rowSays(row: Locator, text: string): Promise<void> {
    const said = () => row.innerText({ timeout: 1_000 }).catch(String);
    await expect.poll(said, { timeout: 40_000 }).toContain(text);
  }

  /** Presses one of the buttons that a row shows when it is pointed at. */
  async pressInRow(row: Locator, action: string): Promise<void> {
    await row.hover();
    // Its key, if it has one, follows in brackets.
    const name = new RegExp(`^${action}( \\(.+\\))?$`);
    await row.getByRole("button", { name }).click();
  }

  /**
   * The same where the press may be lost because the tree is drawn anew under it: again, until it shows.
   * @param sign what appears once the press has been taken
   */
  async pressInRowUntil(row: Locator, action: string, sign: Locator): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      await this.pressInRow(row, action);
      try {
        return await sign.waitFor({ state: "attached", timeout: 5000 });
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** A button in a view's title. */
  inTitle(view: SideView, action: string): Locator {
    return this.view(view)
      .locator(".pane-header")
      .getByRole("button", { name: action, exact: true });
  }

  /** Presses a button in a view's title. */
  async pressInTitle(view: SideView, action: string): Promise<void> {
    await this.view(view).locator(".pane-header").hover();
    await this.inTitle(view, action).click();
  }

  /** The inspector once its title is what was chosen. */
  async inspector(title: string): Promise<Inspector> {
    const frame = await this.#workbench.webview('[data-part="inspector"]');
    const heading = frame.locator('[data-part="inspector-title"]', { hasText: title });
    await heading.waitFor({ timeout: 10_000 });
    return new Inspector(frame);
  }
}

/** What the inspector shows. */
export class Inspector {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  async subtitle(): Promise<string> {
    return (await this.frame.locator('[data-part="inspector-subtitle"]').innerText()).trim();
  }

  /** The value beside a label. */
  async fact(label: string): Promise<string> {
    const fact = this.frame
      .locator('[data-part="inspector-facts"] > div')
      .filter({ has: this.frame.getByText(label, { exact: true }) })
      .locator("dd");
    return (await fact.innerText()).trim();
  }
}
