import type { FileSystem } from "../../activations/byteSource.ts";
import { EigenlensError } from "../../errors.ts";
import { isRecord } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import { addableDirections } from "../addable.ts";
import type {
  AddedResults,
  ErasedResults,
  MeanOfPrompts,
  MeasuredChange,
  SteeringResults,
} from "./results.ts";

/** A file of results takes some kilobytes. */
const mostBytes = 4 * 2 ** 20;
/** Steps, or random directions. */
const mostChanges = 1000;
const newestVersion = 1;

/**
 * Reads what a script that adds or erases a direction wrote, all of it checked.
 * @throws EigenlensError "file-format" for anything else, for a damaged file and for one of a newer version;
 *   "file-access" if it cannot be read
 */
export async function readSteering(path: string, fileSystem: FileSystem): Promise<SteeringResults> {
  const file = await fileSystem.open(path);
  try {
    if (file.byteLength > mostBytes) throw noResults(path);
    return parseSteering(path, new TextDecoder().decode(await file.read(0, file.byteLength)));
  } finally {
    await file.close();
  }
}

function parseSteering(path: string, text: string): SteeringResults {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(path, "JSON", cause);
  }
  const fields = isRecord(parsed) ? parsed : {};
  checkFormat(path, fields["format"]);
  const read = new Reader(fields, path);
  const filterHash = read.text("filter_sha256");
  if (!/^[0-9a-f]{64}$/.test(filterHash)) throw damaged(path, "filter_sha256");
  const number = read.number("index");
  if (!Number.isSafeInteger(number) || number < 1) throw damaged(path, "index");
  return {
    path,
    filterHash,
    carried: read.text("carried"),
    index: number - 1,
    model: read.text("model"),
    tokens: read.text("tokens"),
    prompts: read.number("prompts"),
    measured: measuredBy(read, path),
  };
}

function checkFormat(path: string, format: unknown): void {
  const version =
    typeof format === "string" ? /^eigenlens\.steering\/(\d{1,6})$/.exec(format) : null;
  if (version === null) throw noResults(path);
  if (Number(version[1]) > newestVersion) {
    throw new EigenlensError(
      "file-format",
      `${printable(path)} was written for a newer Eigenlens (format ${version[1]}, this one reads ${newestVersion}): update Eigenlens, or run the script of this one.`,
    );
  }
}

function measuredBy(read: Reader, path: string): AddedResults | ErasedResults {
  const kind = read.text("kind");
  switch (kind) {
    case "add": {
      const named = read.text("use");
      const use = addableDirections.find((name) => name === named);
      if (use === undefined) throw damaged(path, "use");
      const steps = read
        .list("steps")
        .map((each) => ({ step: each.number("step"), ...changeOf(each) }));
      if (steps.length === 0) throw damaged(path, "steps");
      return { kind, use, steps, random: read.list("random").map(changeOf) };
    }
    case "erase": {
      const [before, after] = [read.optional("gapBefore"), read.optional("gapAfter")];
      const gap = before === undefined || after === undefined ? {} : { gap: { before, after } };
      return { kind, ...changeOf(read), ...gap, random: read.list("random").map(changeOf) };
    }
    case "read":
      throw new EigenlensError(
        "file-format",
        `${printable(path)} comes from a script that only reads, which changes nothing in a model: choose the results of one that adds or erases.`,
      );
    default:
      throw damaged(path, "kind");
  }
}

function changeOf(read: Reader): MeasuredChange {
  return { shift: meanOf(read.part("shift")), kl: meanOf(read.part("kl")) };
}

function meanOf(read: Reader): MeanOfPrompts {
  const [low, high] = [read.optional("low"), read.optional("high")];
  return {
    mean: read.number("mean"),
    ...(low === undefined || high === undefined ? {} : { interval: { low, high } }),
  };
}

/** The fields of one object, each refused by name if it is not what it should be. */
class Reader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #at: string;

  constructor(fields: Readonly<Record<string, unknown>>, path: string, at = "") {
    this.#fields = fields;
    this.#path = path;
    this.#at = at;
  }

  text(name: string): string {
    const value = this.#fields[name];
    if (typeof value === "string" && value.length <= 10_000) return value;
    throw this.#damaged(name);
  }

  number(name: string): number {
    const value = this.optional(name);
    if (value !== undefined) return value;
    throw this.#damaged(name);
  }

  optional(name: string): number | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw this.#damaged(name);
  }

  part(name: string): Reader {
    return this.#read(this.#fields[name], name);
  }

  /** Empty if there is none. */
  list(name: string): Reader[] {
    const value = this.#fields[name] ?? [];
    if (!Array.isArray(value) || value.length > mostChanges) throw this.#damaged(name);
    return value.map((each: unknown, i) => this.#read(each, `${name}[${i}]`));
  }

  #read(value: unknown, name: string): Reader {
    if (!isRecord(value)) throw this.#damaged(name);
    return new Reader(value, this.#path, `${this.#at}${name}.`);
  }

  #damaged(name: string): EigenlensError {
    return damaged(this.#path, `${this.#at}${name}`);
  }
}

function noResults(path: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${printable(path)} holds no results of a steering script: choose the NAME.steering.json that a script of "Copy as Python" wrote.`,
  );
}

/** @param field as its keys lead there */
function damaged(path: string, field: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${printable(path)} is damaged at ${field}: run its script again, or choose another file.`,
    { cause },
  );
}
