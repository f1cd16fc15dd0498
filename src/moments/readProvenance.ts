import type { FileSystem } from "../activations/byteSource.ts";
import { readSafetensors } from "../activations/formats/safetensors/openSafetensors.ts";
import { EigenlensError } from "../errors.ts";
import { lookup } from "../lookup.ts";
import { provenanceKeys, type Provenance } from "./provenance.ts";

/** A file of a few texts. */
const longestCapture = 2 ** 20;

/**
 * What a file of activations, or the `NAME.capture.json` beside it (`capture.json` in a folder), says of where they come
 * from; nothing if neither does.
 * @throws EigenlensError "file-format" if the file beside it is not JSON; "file-access"
 */
export async function readProvenance(path: string, fileSystem: FileSystem): Promise<Provenance> {
  const isFolder = (await fileSystem.stat(path))?.kind === "folder";
  const beside = isFolder
    ? `${path.replace(/[/\\]+$/, "")}/capture.json`
    : path.replace(/(\.[^./\\]+)?$/, ".capture.json");
  if ((await fileSystem.stat(beside))?.kind === "file") {
    return known(await readJson(beside, fileSystem));
  }
  if (isFolder || !/\.safetensors$/i.test(path)) return {};
  const source = await fileSystem.open(path);
  try {
    return known((await readSafetensors(source)).metadata);
  } finally {
    await source.close();
  }
}

async function readJson(path: string, fileSystem: FileSystem): Promise<object> {
  const source = await fileSystem.open(path);
  try {
    if (source.byteLength <= longestCapture) {
      const bytes = await source.read(0, source.byteLength);
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  } finally {
    await source.close();
  }
  throw new EigenlensError(
    "file-format",
    `${path} should hold one JSON object that says where the activations come from: mend it or take it away.`,
  );
}

function known(value: object): Provenance {
  const texts = Object.fromEntries(
    Object.entries(value).filter(([, text]) => typeof text === "string" && text !== ""),
  ) as Readonly<Record<string, string>>;
  const entries = provenanceKeys.map((key) => [key, lookup(texts, key)] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined));
}
