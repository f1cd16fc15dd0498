import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import type { ActivationFile } from "../activationFile.ts";
import type { AxisName } from "../axes/axes.ts";
import type { FileSystem } from "../byteSource.ts";
import { extensionOf } from "../detectFormat.ts";
import { parseJson } from "../formats/json/values.ts";
import { naturalOrder } from "./naturalOrder.ts";
import type { OpenPart } from "./parts/openParts.ts";

/** The files of one container. */
export interface Folder {
  /** As the user names it: a folder, or a pattern. */
  readonly path: string;
  /** What stands before the names: the folder with its separator. */
  readonly base: string;
  /** Names in natural order, without hidden ones. */
  readonly names: readonly string[];
  /** Whether the user chose the files by a pattern, so that they belong together. */
  readonly isChosen: boolean;
}

/** What a recogniser works with. */
export interface FolderContext {
  readonly fileSystem: FileSystem;
  /** Opens a file of the folder with the options that the user gave. */
  readonly open: OpenPart;
  /** What the axes of the tensors are, if the user says so. */
  readonly axes?: readonly AxisName[];
}

/** A recogniser found what it knows. */
export interface Recognised {
  /** Whether a file belongs to it; one that holds activations and belongs to nobody makes the folder a mixture. */
  claims(name: string): boolean;
  /** Reads the headers. */
  open(): Promise<ActivationFile>;
}

/** Tells by a folder's content whether one tool or layout wrote it; names only help to find what to look at. */
export interface FolderRecogniser {
  /** As it is listed and named in errors: "EasySteer capture". */
  readonly format: string;
  /**
   * @returns undefined if it is something else
   * @throws EigenlensError if it is this, but damaged or incomplete
   */
  recognise(folder: Folder, context: FolderContext): Promise<Recognised | undefined>;
}

/** Extensions of files that may be one part of a container: arrays, and tables. */
export const arrayExtensions: readonly string[] = ["npy", "npz", "pt", "pth", "safetensors"];
export const tableExtensions: readonly string[] = [
  ...["parquet", "arrow", "feather", "csv", "tsv", "jsonl", "ndjson"],
];

/** Names of files that describe rows and hold none. */
const describing =
  /(^|[._-])(labels?|sentences?|clusters?|pairs?|metadata|capture|token_ids|prompts?)\.[^.]+$/i;

/** Whether a file may hold activations, as far as its name tells. */
export function mayHoldActivations(name: string): boolean {
  const extension = extensionOf(name);
  if (arrayExtensions.includes(extension)) return !/^(labels?|clusters?|pairs?)\.npy$/i.test(name);
  return tableExtensions.includes(extension) && !describing.test(name);
}

/** A listing without hidden files, in natural order. */
export function visibleNames(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith(".")).sort(naturalOrder);
}

/**
 * Lists a folder.
 * @throws EigenlensError "file-access" if it cannot be listed, or a link in it leads out of it: a link may lead to
 *   anything, and what is read as part of a folder lies in it
 */
export async function readFolder(path: string, fileSystem: FileSystem): Promise<Folder> {
  const base = path + (/[/\\]$/.test(path) ? "" : "/");
  const names = visibleNames((await fileSystem.list(path)) ?? []);
  const links = (await fileSystem.linksOut?.(path)) ?? [];
  const link = links.find(({ name }) => !name.startsWith("."));
  if (link === undefined) return { path, base, names, isChosen: false };
  throw new EigenlensError(
    "file-access",
    `${path}: ${printable(link.name, 200)} is a link out of the folder (to ${printable(link.target, 300)}): copy the file here, or name the files with a pattern such as ${base}*.`,
  );
}

const longestJson = 64 * 2 ** 20;

/**
 * A JSON file of a folder.
 * @returns undefined if there is none of this name
 * @throws EigenlensError "file-format" if it is no JSON or too long; "file-access" if it cannot be read
 */
export async function folderJson(
  { base, names }: Folder,
  name: string,
  fileSystem: FileSystem,
): Promise<unknown> {
  if (!names.includes(name)) return undefined;
  const path = base + name;
  const source = await fileSystem.open(path);
  try {
    const { byteLength } = source;
    if (byteLength > longestJson) {
      throw new EigenlensError(
        "file-format",
        `${path} has ${byteLength} bytes, more than the ${longestJson} of a file that describes a folder.`,
      );
    }
    return parseJson(new TextDecoder().decode(await source.read(0, byteLength)), path);
  } finally {
    await source.close();
  }
}

/**
 * A name that a file of the folder gives for another: it must lie in the folder itself.
 * @param index the file that names it
 * @throws EigenlensError "file-format" if it leads anywhere else
 */
export function nameWithin(index: string, name: unknown): string {
  if (typeof name === "string" && /^[^/\\:\0]+$/.test(name) && name !== "." && name !== "..") {
    return name;
  }
  throw new EigenlensError(
    "file-format",
    `${index} names ${printable(JSON.stringify(name) ?? "nothing", 200)} as a part: parts lie in the same folder, other paths are refused.`,
  );
}
