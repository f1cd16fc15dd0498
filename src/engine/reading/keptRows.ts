import type { FileSystem } from "../../activations/byteSource.ts";
import { TrackedFiles } from "../../activations/trackedFiles.ts";
import type { Condition, ConditionSource } from "../../conditions/condition.ts";
import { thisMemory, type Memory } from "../../machine/memory.ts";
import { FingerprintedFiles } from "../../runs/fingerprint/fingerprintedFiles.ts";
import { openBoth } from "../openBoth.ts";
import type { ConditionPair } from "./conditionPair.ts";
import { heldBytes, holdRows, type HeldCondition } from "./heldRows.ts";
import { openRows } from "./openRows.ts";
import { rowBudget } from "./rowBudget.ts";

/** The sources of two conditions. */
interface PairSources {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
}

/** A condition in memory, as it was read. */
interface KeptCondition {
  /** The sources by which it may be asked for: as it was chosen, and as a run's document has it. */
  readonly keys: Set<string>;
  readonly held: HeldCondition;
  /** What it was read from, to tell whether that is still the same. */
  readonly files: TrackedFiles;
  /** Absent if nobody has asked for it. */
  hash?: string;
}

/**
 * Opens conditions and keeps the rows of the last pair, so that its validation, or another run of the same rows, reads
 * no file. Rows are let go if any of their files changed, if others are read to be kept, and if memory is short.
 */
export class KeptRows {
  readonly #fileSystem: FileSystem;
  readonly #memory: () => Memory;
  #kept: readonly KeptCondition[] = [];

  /** @param memory asked whenever rows may be kept */
  constructor(fileSystem: FileSystem, memory: () => Memory = thisMemory) {
    this.#fileSystem = fileSystem;
    this.#memory = memory;
  }

  /** Bytes of rows that are kept now. */
  get byteLength(): number {
    return this.#kept.reduce((sum, { held }) => sum + held.byteLength, 0);
  }

  /**
   * Opens two conditions and keeps their rows in place of those that were kept, if `use` reads all of them and there is
   * room.
   * @throws EigenlensError as {@link openRows} and `use` do
   */
  async use<Result>(
    sources: PairSources,
    use: (pair: ConditionPair) => Promise<Result>,
  ): Promise<Result> {
    const found = await this.#find(sources);
    // Before others are read, so that both are never in memory together.
    this.#kept = found;
    const budget = rowBudget(this.#memory(), this.byteLength);
    const reading = new Reading(this.#fileSystem, sources, found, budget - this.byteLength);
    const result = await reading.use(use);
    if (this.#kept === found) this.#kept = reading.complete();
    return result;
  }

  /**
   * Opens two conditions once and keeps none of them; rows that are kept serve, and stay.
   * @throws EigenlensError as {@link openRows} and `use` do
   */
  async borrow<Result>(
    sources: PairSources,
    use: (pair: ConditionPair) => Promise<Result>,
  ): Promise<Result> {
    return new Reading(this.#fileSystem, sources, await this.#find(sources), 0).use(use);
  }

  /** What of the kept rows is wanted, still what the files hold, and no burden. */
  async #find(sources: PairSources): Promise<readonly KeptCondition[]> {
    if (this.byteLength > rowBudget(this.#memory(), this.byteLength)) this.#kept = [];
    const wanted = [keyOf(sources.target), keyOf(sources.reference)];
    const known = this.#kept.filter(({ keys }) => wanted.some((key) => keys.has(key)));
    const unchanged = await Promise.all(known.map(({ files }) => files.isUnchanged()));
    return known.filter((_, place) => unchanged[place]);
  }
}

/** One use of two conditions: what is in memory is taken from there, the rest is opened. */
class Reading {
  readonly #sources: PairSources;
  readonly #conditions: KeptCondition[];
  readonly #files: TrackedFiles;
  readonly #prints: FingerprintedFiles;
  #room: number;

  /** @param room bytes that further rows may take in memory */
  constructor(
    fileSystem: FileSystem,
    sources: PairSources,
    kept: readonly KeptCondition[],
    room: number,
  ) {
    this.#sources = sources;
    this.#conditions = [...kept];
    this.#files = new TrackedFiles(fileSystem);
    const { target, reference } = sources;
    this.#prints = new FingerprintedFiles(this.#files.fileSystem, [target.path, reference.path]);
    this.#room = room;
  }

  use<Result>(use: (pair: ConditionPair) => Promise<Result>): Promise<Result> {
    const open = (source: ConditionSource) => this.#open(source);
    return openBoth(this.#sources, open, (target, reference) => {
      this.#alias(this.#sources.target, target);
      this.#alias(this.#sources.reference, reference);
      return use({
        target,
        reference,
        checkUnchanged: () => this.#files.checkUnchanged(),
        isHashed: async () => {
          for (const source of [this.#sources.target, this.#sources.reference]) {
            const known = this.#find(source)?.hash !== undefined;
            if (!known && !(await this.#prints.isKnown(source.path))) return false;
          }
          return true;
        },
        hashOf: (condition) =>
          this.#hash(condition === target ? this.#sources.target : this.#sources.reference),
      });
    });
  }

  /** Those whose rows are all in memory. */
  complete(): readonly KeptCondition[] {
    return this.#conditions.filter(({ held }) => held.isComplete());
  }

  #find(source: ConditionSource): KeptCondition | undefined {
    const key = keyOf(source);
    return this.#conditions.find(({ keys }) => keys.has(key));
  }

  /** A run's document names the source as it was understood, and as the condition is called beside the other. */
  #alias(chosen: ConditionSource, { source, name }: Condition): void {
    this.#find(chosen)?.keys.add(keyOf({ ...source, name }));
  }

  async #open(source: ConditionSource): Promise<Condition> {
    const kept = this.#find(source);
    if (kept !== undefined) {
      const { condition } = kept.held;
      const { name = condition.name } = source;
      return { ...condition, name, close: () => Promise.resolve() };
    }
    await this.#files.add(source.path);
    const condition = await openRows(source, this.#prints.fileSystem);
    const needed = heldBytes(condition);
    if (needed > this.#room) return condition;
    this.#room -= needed;
    const held = holdRows(condition);
    this.#conditions.push({ keys: new Set([keyOf(source)]), held, files: this.#files });
    return held.condition;
  }

  async #hash(source: ConditionSource): Promise<string> {
    const kept = this.#find(source);
    if (kept?.hash !== undefined) return kept.hash;
    const hash = await this.#prints.hash(source.path);
    if (kept !== undefined) {
      // Rows that were kept without their hash must be of the file that was hashed now.
      if (kept.files !== this.#files) await kept.files.checkUnchanged();
      kept.hash = hash;
    }
    return hash;
  }
}

function keyOf(source: ConditionSource): string {
  const entries = Object.entries(source).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
