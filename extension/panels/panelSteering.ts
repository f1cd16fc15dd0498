import * as vscode from "vscode";
import { describeError, EigenlensError } from "../../src/errors.ts";
import { filterHash } from "../../src/exports/filterHash.ts";
import { directionNames } from "../../src/protocol/direction.ts";
import type { ComponentPlace, HostToPanel } from "../../src/protocol/panel.ts";
import type { ShownSteering, SteeringResults } from "../../src/protocol/steering.ts";
import { shortenPath } from "../activations/sourcePath.ts";
import { logFailure } from "../logFailure.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import type { PanelServices } from "./panelServices.ts";

type Services = Pick<PanelServices, "log" | "steering">;

/** What scripts have measured with the directions of the run that one panel shows. */
export class PanelSteering {
  readonly #services: Services;
  readonly #post: (message: HostToPanel) => void;
  #run: ShownRun | undefined;
  #known: { readonly shown?: ShownSteering; readonly why?: string } = {};

  constructor(services: Services, post: (message: HostToPanel) => void) {
    this.#services = services;
    this.#post = post;
  }

  /** Another run is shown, or none; results of it that lie in the workspace are found. */
  async show(run: ShownRun | undefined): Promise<void> {
    this.#run = run;
    this.#known = {};
    this.send();
    if (!run) return;
    const shown = await this.#find(run).catch((thrown: unknown) => {
      logFailure(this.#services.log, thrown);
      return undefined;
    });
    if (shown && this.#run === run && !this.#known.shown) this.#tell({ shown });
  }

  /** What is known, to a webview that has just begun. */
  send(): void {
    if (this.#run) this.#post({ kind: "steering", ...this.#known });
  }

  /** Asks for a file of results; what is wrong with it is said in the panel, and what was shown before stays. */
  async choose(run: ShownRun): Promise<void> {
    const path = await this.#services.steering.chooseResults();
    if (path === undefined) return;
    try {
      const results = await this.#services.steering.results(path);
      const place = await placeOf(results, run);
      if (!place) throw ofAnotherRun(path);
      if (this.#run === run) this.#tell({ shown: { ...place, results } });
    } catch (thrown) {
      logFailure(this.#services.log, thrown);
      const { message: why } = describeError(thrown);
      if (this.#run === run) this.#tell({ ...this.#known, why });
    }
  }

  #tell(known: { readonly shown?: ShownSteering; readonly why?: string }): void {
    this.#known = known;
    this.send();
  }

  /** Nobody chose these: those of other runs, and damaged ones, are passed over. */
  async #find(run: ShownRun): Promise<ShownSteering | undefined> {
    for (const path of await this.#services.steering.findResults()) {
      const results = await this.#services.steering.results(path).catch(() => undefined);
      const place = results && (await placeOf(results, run));
      if (results && place) return { ...place, results };
    }
    return undefined;
  }
}

/** Which component of the run as it was made the results are of: the one whose filter they name. */
async function placeOf(
  { filterHash: wanted, carried, index }: SteeringResults,
  run: ShownRun,
): Promise<ComponentPlace | undefined> {
  const { header } = run;
  const { mappedComponents } = await run.viewFor(header.made);
  const { target } = header.summary;
  const named = carried === target.name ? directionNames : [...directionNames].reverse();
  for (const direction of named) {
    if (index >= mappedComponents[direction]) continue;
    const { filter } = await run.component(header.made, { direction, index });
    if (filterHash(filter) === wanted) return { direction, index };
  }
  return undefined;
}

function ofAnotherRun(path: string): EigenlensError {
  return new EigenlensError(
    "usage",
    vscode.l10n.t(
      "{0} is of another run: no component of this one has the filter that it was measured with. Run the script that Copy as Python gives for this run.",
      shortenPath(path),
    ),
  );
}
