import * as vscode from "vscode";
import {
  isUnknown,
  provenanceIn,
  type CaptureProvenance,
  type DescribedKey,
} from "../../src/activations/captureProvenance.ts";
import { describeError } from "../../src/errors.ts";
import { describedSources } from "../../src/runs/describedSources.ts";
import type { RunDocument, RunRecord } from "../../src/runs/runDocument.ts";
import type { SourceRecord } from "../../src/runs/summary.ts";
import { shortenPath } from "../activations/sourcePath.ts";
import { chooseOne } from "../messages/choice.ts";
import { showError } from "../messages/notify.ts";
import { baseName } from "../naming.ts";
import { knownCapture, rememberCapture, type CaptureMemory } from "../notebook/knownCapture.ts";
import { askCapture, captureTitle } from "./askCapture.ts";
import { readCaptureFile, sidecarsOf, writeCaptureFile } from "./captureFile.ts";

type Sources = RunRecord["sources"];

/** A run's document with what was said since the run of where its activations came from. */
export async function withCaptures(
  document: RunDocument,
  memory: CaptureMemory,
): Promise<RunDocument> {
  const { target, reference } = document.sources;
  return describedSources(document, {
    target: await saidSince(target, memory),
    reference: await saidSince(reference, memory),
  });
}

/**
 * Makes what may need to know where a run's activations came from. If that is not known, offers to describe it, and
 * makes it then.
 * @returns undefined if the user described nothing
 */
export async function describingCapture<Made>(
  sources: Sources,
  memory: CaptureMemory,
  make: () => Promise<Made>,
): Promise<Made | undefined> {
  try {
    return await make();
  } catch (thrown) {
    const { message, detail } = describeError(thrown);
    if (detail?.remedy?.kind !== "describeCapture") throw thrown;
    const describe = vscode.l10n.t("Describe Capture...");
    if ((await showError(message, describe)) !== describe) return undefined;
    return (await describeSources(sources, detail.remedy.missing, memory)) ? make() : undefined;
  }
}

/**
 * Asks once where both conditions came from, and remembers it: beside the data, or for the notebook.
 * @param missing what is asked
 * @returns whether anything was said
 * @throws EigenlensError "file-access" if it cannot be written
 */
export async function describeSources(
  { target, reference }: Sources,
  missing: readonly DescribedKey[],
  memory: CaptureMemory,
): Promise<boolean> {
  const described = await askCapture({ ...reference.provenance, ...target.provenance }, missing);
  if (described === undefined || isUnknown(described)) return false;
  const both = [target, reference];
  const ofFiles = both.filter(({ provenance }) => provenance?.notebook === undefined);
  const paths = ofFiles.length === 0 ? [] : await choosePlaces(ofFiles.map(({ path }) => path));
  if (paths === undefined) return false;
  for (const path of paths) await writeCaptureFile(path, described, missing);
  const notebooks = new Set(both.flatMap(({ provenance }) => provenance?.notebook ?? []));
  for (const notebook of notebooks) {
    await rememberCapture(memory, notebook, { ...knownCapture(memory, notebook), ...described });
  }
  return true;
}

async function saidSince(source: SourceRecord, memory: CaptureMemory): Promise<CaptureProvenance> {
  const notebook = source.provenance?.notebook;
  if (notebook !== undefined) return knownCapture(memory, notebook);
  for (const path of await sidecarsOf(source.path)) {
    // One that cannot be read says nothing; who describes the capture is told.
    const record = await readCaptureFile(path).catch(() => ({}));
    if (record !== undefined) return provenanceIn(record);
  }
  return {};
}

/** Where it is remembered: for a whole folder or for the files alone, as the user says. @returns undefined if nowhere */
async function choosePlaces(sources: readonly string[]): Promise<readonly string[] | undefined> {
  const candidates = await Promise.all([...new Set(sources)].map(writablePlaces));
  const own = distinct(candidates.map(([first]) => first));
  const shared = distinct(
    candidates.map(
      (places) => places.find((path) => baseName(path) === "capture.json") ?? places[0],
    ),
  );
  const item = (paths: readonly string[], description?: string) => ({
    label: vscode.l10n.t("Write {0}", paths.map(shortenPath).join(", ")),
    ...(description === undefined ? {} : { description }),
    paths,
  });
  const items =
    own.join() === shared.join()
      ? [item(own)]
      : [
          item(shared, vscode.l10n.t("for every file of the folder")),
          item(own, vscode.l10n.t("for these files only")),
        ];
  return (await chooseOne(items, { title: captureTitle(), ignoreFocusOut: true }))?.paths;
}

/** The one that is there, since it would be read before any other; otherwise all that would be read. */
async function writablePlaces(source: string): Promise<readonly [string, ...string[]]> {
  const sidecars = await sidecarsOf(source);
  for (const path of sidecars) if ((await readCaptureFile(path)) !== undefined) return [path];
  return sidecars;
}

function distinct(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
