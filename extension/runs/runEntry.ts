import type { RunSummary } from "../../src/runs/summary.ts";
import type { RunRecord } from "../../src/runs/runDocument.ts";
import type { Verdict } from "../../src/ged/validation/report.ts";
import { askedShare } from "../../src/ged/method/options.ts";
import { formatRatio } from "../../src/protocol/words/numbers.ts";
import { numerals } from "../../src/protocol/words/numerals.ts";
import { headlineStrings } from "../../src/protocol/strings/headline.ts";
import { fileStem } from "../naming.ts";
import { stampsOf, type SourceStamp } from "../runList/sourceStamps.ts";
import type { Translate } from "../translate.ts";
import { entryAt } from "../../src/lookup.ts";

/** What the Runs view needs of a stored run without opening its document. */
export interface RunEntry {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** What the user called it; absent if it goes by its conditions. */
  readonly name?: string;
  readonly target: string;
  readonly reference: string;
  readonly targetPath: string;
  readonly referencePath: string;
  /** What the files were like when they were read, each once. */
  readonly stamps: readonly SourceStamp[];
  readonly components: number;
  readonly variance: number;
  /** Of the reference, chosen or estimated. */
  readonly shrinkage: number;
  /** Target variance over reference variance on component 1; null if it is infinite. */
  readonly inSampleRatio: number | null;
  /** The same on rows that the fit has not seen; undefined before a validation. */
  readonly heldOutRatio?: number;
  /** On component 1; undefined before a validation, and for runs that were stored without one. */
  readonly verdict?: Verdict;
  readonly byteLength: number;
}

/** The entry of a run that takes `byteLength` bytes on disk. */
export function entryOf(runId: string, record: RunRecord, byteLength: number): RunEntry {
  const { summary, sources, options } = record;
  const { validation } = summary;
  const { carriedVariance, silencedVariance } = summary.directions.forward;
  const ratio = entryAt(carriedVariance, 0) / entryAt(silencedVariance, 0);
  const report = validation?.directions.forward;
  return {
    runId,
    created: record.created,
    ...(record.name === undefined ? {} : { name: record.name }),
    target: summary.target.name,
    reference: summary.reference.name,
    targetPath: sources.target.path,
    referencePath: sources.reference.path,
    stamps: stampsOf(sources),
    components: summary.compression.components,
    variance: askedShare(options.keep),
    shrinkage: summary.shrinkage.gamma.forward,
    inSampleRatio: Number.isFinite(ratio) ? ratio : null,
    ...(report ? { verdict: report.verdict } : {}),
    ...(report?.heldOut ? { heldOutRatio: report.heldOut.ratio } : {}),
    byteLength,
  };
}

/** What the user called the run, or else "him vs her": the title of a panel and of a run. */
export function runTitle(names: {
  readonly name?: string;
  readonly target: string;
  readonly reference: string;
}): string {
  return names.name ?? `${names.target} vs ${names.reference}`;
}

/** {@link runTitle} of a summary. */
export function summaryTitle(summary: Pick<RunSummary, "target" | "reference">): string {
  return runTitle({ target: summary.target.name, reference: summary.reference.name });
}

/** "holds, 3.10× held out" once validated, else "21,286× in sample". */
export function describeOutcome(
  { verdict, heldOutRatio, inSampleRatio }: RunEntry,
  translate: Translate,
): string {
  const ratio =
    heldOutRatio === undefined
      ? translate("{0} in sample", formatRatio(inSampleRatio ?? Infinity))
      : translate("{0} held out", formatRatio(heldOutRatio));
  if (verdict === undefined) return ratio;
  return `${translate(headlineStrings[`verdict.${verdict}`])}, ${ratio}`;
}

/** The time of day for a run of today, else the day, in the user's own format. */
export function shortTime(created: string, now: Date): string {
  const time = new Date(created);
  return time.toDateString() === now.toDateString()
    ? time.toLocaleTimeString(numerals().language, { hour: "2-digit", minute: "2-digit" })
    : time.toLocaleDateString(numerals().language);
}

/**
 * A name that is unique on this machine and readable in a folder: "him-vs-her-20261123T120805-1f3a".
 * @param random four or more hexadecimal digits
 */
export function newRunId(
  names: { readonly target: string; readonly reference: string },
  created: string,
  random: string,
): string {
  const stamp = created.replace(/\.\d+/, "").replace(/[-:Z]/g, "");
  return `${fileStem(runTitle(names))}-${stamp}-${random}`;
}

/** Reads an entry that was stored as JSON; undefined if it is not one. */
export function parseEntry(value: unknown): RunEntry | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const read = (key: string): unknown => Reflect.get(value, key);
  const texts = ["runId", "created", "target", "reference", "targetPath", "referencePath"];
  const numbers = ["components", "variance", "shrinkage", "byteLength"];
  const valid =
    texts.every((key) => typeof read(key) === "string") &&
    numbers.every((key) => typeof read(key) === "number") &&
    (read("inSampleRatio") === null || typeof read("inSampleRatio") === "number") &&
    (read("heldOutRatio") === undefined || typeof read("heldOutRatio") === "number") &&
    (read("verdict") === undefined || isVerdict(read("verdict"))) &&
    (read("name") === undefined || typeof read("name") === "string") &&
    areStamps(read("stamps"));
  return valid ? (value as RunEntry) : undefined;
}

function areStamps(value: unknown): value is readonly SourceStamp[] {
  const isStamp = (stamp: unknown) =>
    typeof stamp === "object" &&
    stamp !== null &&
    typeof Reflect.get(stamp, "path") === "string" &&
    ["byteLength", "modified"].every((key) => typeof Reflect.get(stamp, key) === "number") &&
    isOriginOrNone(Reflect.get(stamp, "origin"));
  return Array.isArray(value) && value.every(isStamp);
}

function isOriginOrNone(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  return ["notebook", "variable"].every((key) => typeof Reflect.get(value, key) === "string");
}

const verdicts = [
  "holds",
  "not-shown",
  "does-not-hold",
  "cannot-tell",
] as const satisfies readonly Verdict[];

function isVerdict(value: unknown): value is Verdict {
  return typeof value === "string" && (verdicts as readonly string[]).includes(value);
}
