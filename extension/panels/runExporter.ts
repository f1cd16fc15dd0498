import * as vscode from "vscode";
import { documentParts } from "../../src/runs/documentFile.ts";
import type { ExportedComponent } from "../../src/exports/bundle/exportedRun.ts";
import { directionBundle } from "../../src/exports/bundle/directionBundle.ts";
import { controlVector } from "../../src/exports/gguf/controlVector.ts";
import { reproduceNotebook } from "../../src/exports/python/notebook.ts";
import { reportHtml } from "../../src/exports/report/html.ts";
import { makeReport } from "../../src/exports/report/report.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";
import { writtenSummary } from "../../src/runs/written/summary.ts";
import type { ExportFormat } from "../../src/protocol/panel.ts";
import type { DirectionName } from "../../src/protocol/direction.ts";
import { sameChoice, type SolutionChoice } from "../../src/protocol/views/runView.ts";
import { EigenlensError } from "../../src/errors.ts";
import { sourcePath } from "../activations/sourcePath.ts";
import { askForSavePlace } from "../messages/fileDialog.ts";
import { fileStem } from "../naming.ts";
import type { CaptureMemory } from "../notebook/knownCapture.ts";
import { describingCapture, withCaptures } from "../provenance/describeSources.ts";
import { keptFiles } from "../runs/keptFiles.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import type { StoredRun } from "../runs/storedRun.ts";
import { loadingsCsv, vectorNpy } from "./exports.ts";
import type { ShownRun } from "../runs/shownRun.ts";

export interface ExportRequest {
  readonly format: ExportFormat;
  /** Of which solution; a run document is the run as it was made. */
  readonly solution: SolutionChoice;
  readonly direction: DirectionName;
  /** From 0. */
  readonly component: number;
  readonly png?: Uint8Array;
}

const endings: Record<ExportFormat, string> = {
  runDocument: ".ged.safetensors",
  json: ".json",
  csv: ".csv",
  filterNpy: ".npy",
  direction: ".direction.safetensors",
  gguf: ".gguf",
  report: ".html",
  notebook: ".ipynb",
  png: ".png",
};

/** What is about a run as a whole, whichever component is shown. */
const ofRun: ReadonlySet<ExportFormat> = new Set(["runDocument", "json", "notebook", "png"]);

/** Asks for a place and writes what was chosen there; nothing is written without that choice. */
export async function exportRun(
  run: ShownRun,
  request: ExportRequest,
  memory: CaptureMemory,
): Promise<void> {
  const make = () => contents(run, request, memory);
  const { format } = request;
  // A document is large, and can always be made; of all else, what cannot be made is said before a place is asked for.
  const parts =
    format === "runDocument"
      ? undefined
      : await describingCapture(run.stored.record.sources, memory, make);
  if (parts === undefined && format !== "runDocument") return;
  const place = await askForPlace(run.stored, request);
  if (place) await save(place, run.stored, format, async () => parts ?? make());
}

/** {@link exportRun} of a stored run that no panel shows. */
export async function exportDocument(stored: StoredRun, memory: CaptureMemory): Promise<void> {
  const place = await askForPlace(stored, { format: "runDocument" });
  const parts = async () => documentParts(await withCaptures(await stored.read(), memory));
  if (place) await save(place, stored, "runDocument", parts);
}

/** In parts: a run document is written without being copied into one piece. */
async function contents(
  run: ShownRun,
  request: ExportRequest,
  memory: CaptureMemory,
): Promise<Uint8Array[]> {
  const { solution, direction, component: index } = request;
  const component = () => run.component(solution, { direction, index });
  switch (request.format) {
    case "runDocument":
      return documentParts(await withCaptures(await run.document(), memory));
    case "json":
      return [
        new TextEncoder().encode(
          `${JSON.stringify(writtenSummary((await run.viewFor(solution)).summary), null, 2)}\n`,
        ),
      ];
    case "csv":
      return [new TextEncoder().encode(loadingsCsv(run.header, await component()))];
    case "filterNpy":
      return [vectorNpy((await component()).filter)];
    case "direction":
      return directionBundle(await exportedComponent(run, request, memory));
    case "gguf":
      return [controlVector(await exportedComponent(run, request, memory), "mean-difference")];
    case "report": {
      const report = makeReport(await exportedComponent(run, request, memory));
      return [new TextEncoder().encode(reportHtml(report))];
    }
    case "notebook": {
      const notebook = reproduceNotebook(await run.document(), await run.fileRows());
      return [new TextEncoder().encode(notebook)];
    }
    case "png":
      if (request.png) return [request.png];
      throw new EigenlensError(
        "usage",
        "The figures can be exported from the panel's own menu only: open it and choose Export.",
      );
    default:
      return request.format satisfies never;
  }
}

/**
 * One component of a run as it was made, with what was said since of where it came from: what an export for other tools
 * begins from.
 * @throws EigenlensError "usage" if the panel shows another solution, which the run's document knows nothing of
 */
export async function exportedComponent(
  run: ShownRun,
  { solution, direction, component: index }: Omit<ExportRequest, "format">,
  memory: CaptureMemory,
): Promise<ExportedComponent> {
  if (!sameChoice(solution, run.header.made)) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t(
        "The panel shows another shrinkage or share than this run was made with: reset them, or run again with these and export that run.",
      ),
    );
  }
  const [document, component] = await Promise.all([
    run.document(),
    run.component(solution, { direction, index }),
  ]);
  return { document: await withCaptures(document, memory), component };
}

async function askForPlace(
  stored: StoredRun,
  request: Pick<ExportRequest, "format"> & Partial<ExportRequest>,
): Promise<vscode.Uri | undefined> {
  const ending = endings[request.format];
  // Dialogs look at what follows the last dot, and would put a longer ending behind itself.
  const extension = ending.slice(ending.lastIndexOf(".") + 1);
  const ofComponent = !ofRun.has(request.format);
  const part = ofComponent
    ? `-${request.direction === "swapped" ? "swapped-" : ""}component-${(request.component ?? 0) + 1}`
    : "";
  const name = `${fileStem(summaryTitle(stored.record.summary))}${part}${ending}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return askForSavePlace({
    title: vscode.l10n.t("Export {0}", summaryTitle(stored.record.summary)),
    filters: { [ending.slice(1)]: [extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
}

async function save(
  place: vscode.Uri,
  stored: StoredRun,
  format: ExportFormat,
  make: () => Promise<Uint8Array[]>,
): Promise<void> {
  const kept = keptFiles(stored, format);
  const parts = await make();
  if (place.scheme === "file") {
    await writeContent(place.fsPath, parts, () => kept);
    return;
  }
  if (kept.includes(sourcePath(place))) {
    throw new EigenlensError(
      "usage",
      `${sourcePath(place)} belongs to this run and would be replaced: choose another name.`,
    );
  }
  try {
    await vscode.workspace.fs.writeFile(place, Buffer.concat(parts));
  } catch (cause) {
    throw new EigenlensError(
      "file-access",
      `${place.toString()} could not be written (${cause instanceof Error ? cause.message : String(cause)}): choose another place.`,
      { cause },
    );
  }
}
