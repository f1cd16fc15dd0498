import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** The result panel in front, as a user reads and works it. */
export class ResultPanel {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The panel once it shows a run. A reload or a hidden tab makes a new frame: ask for it again. */
  static async showing(workbench: Workbench, timeout?: number): Promise<ResultPanel> {
    const headline = `[data-part="panel"] [data-part="headline"]`;
    return new ResultPanel(await workbench.webview(headline, timeout));
  }

  /** The panel of a run of the workspace's `him.npy` over `her.npy`, by the palette. */
  static async ofHimOverHer(workbench: Workbench): Promise<ResultPanel> {
    await workbench.runCommand("Eigenlens: Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.quickInputRow("him vs her").click();
    return ResultPanel.showing(workbench);
  }

  /** Two panels that show runs side by side. */
  static async both(workbench: Workbench): Promise<readonly [ResultPanel, ResultPanel]> {
    const headline = `[data-part="panel"] [data-part="headline"]`;
    const [one, other] = await workbench.webviews(headline, 2);
    if (!one || !other) throw new Error("There are no two panels.");
    return [new ResultPanel(one), new ResultPanel(other)];
  }

  /** The panel with the screen that stands in for a run: computing, failed, empty. */
  static async showingScreen(
    workbench: Workbench,
    screen: "computing" | "failed" | "empty",
    milliseconds?: number,
  ): Promise<ResultPanel> {
    const selector = `[data-part="panel"] [data-part="${screen}"]`;
    return new ResultPanel(await workbench.webview(selector, milliseconds));
  }

  part(name: string): Locator {
    return this.frame.locator(`[data-part="${name}"]`);
  }

  async text(part: string): Promise<string> {
    return plainSpaces(await this.part(part).innerText());
  }

  /** One entry of the strip below the headline. */
  async fact(name: string): Promise<string> {
    return plainSpaces(await this.part("facts").locator(`[data-fact="${name}"]`).innerText());
  }

  /** One number of a direction's column. */
  async directionFact(direction: "forward" | "swapped", name: string): Promise<string> {
    const fact = this.part(`direction-${direction}`).locator(`[data-fact="${name}"] .value`);
    return plainSpaces(await fact.innerText());
  }

  /** @param component from 1, as it is shown */
  async chooseComponent(component: number): Promise<void> {
    await this.part("component").selectOption(String(component - 1));
  }

  /** The component chosen, from 1. */
  async component(): Promise<number> {
    return 1 + Number(await this.part("component").inputValue());
  }

  /** Which direction's column is in front. */
  async front(): Promise<"forward" | "swapped"> {
    const pressed = await this.part("direction-swapped").getAttribute("aria-pressed");
    return pressed === "true" ? "swapped" : "forward";
  }

  /** The cells of a figure's table; the figure is left showing it. */
  async tableOf(figure: string): Promise<string[][]> {
    const table = this.part(figure).locator("table");
    if (!(await table.isVisible())) {
      await this.part(figure).locator('[data-part="show-as-table"]').click();
      await table.waitFor();
    }
    return table
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll("td, th")].map((cell) => cell.textContent ?? ""),
        ),
      );
  }
}

/** Numbers are kept together with their units by spaces that do not break; tests are written without. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ").trim();
}
