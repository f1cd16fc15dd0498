import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import type { MomentsRequest } from "../../../../src/protocol/moments.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { npyFile } from "../../activations/files.ts";

export const call = () => ({ cancellation: new Cancellation(), report: () => undefined });

/** A folder of files with moments to be made of them, and an engine; to be closed. */
export class MomentsFolder {
  readonly engine = new Engine(nodeFileSystem);
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<MomentsFolder> {
    return new MomentsFolder(await mkdtemp(join(tmpdir(), "eigenlens-moments-")));
  }

  at(name: string): string {
    return join(this.#folder, name);
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.at(name));
  }

  write(name: string, content: Uint8Array | string): Promise<void> {
    return writeFile(this.at(name), content);
  }

  writeRows(name: string, rows: readonly (readonly number[])[]): Promise<void> {
    return this.write(name, npyFile([rows.length, rows[0]?.length ?? 0], rows.flat()));
  }

  /** @param sources by the conditions' names, each a name in the folder with its selections */
  moments(
    sources: Readonly<Record<string, string>>,
    out: string,
    folds = 5,
    seed = 1,
    more: Pick<MomentsRequest, "rule" | "groups" | "reservoir"> = {},
  ) {
    const conditions = Object.entries(sources).map(([name, source]) => ({
      name,
      source: parseSource(this.at(source)),
    }));
    return this.engine.moments.make(
      { conditions, folds, seed, out: this.at(out), ...more },
      call(),
    );
  }

  merge(parts: readonly string[], out: string) {
    return this.engine.moments.merge(
      parts.map((part) => this.at(part)),
      this.at(out),
    );
  }

  request(target: string, reference: string, options: Partial<GedOptions> = {}) {
    return {
      target: parseSource(this.at(target)),
      reference: parseSource(this.at(reference)),
      options: { ...defaultGedOptions, ...options },
    };
  }

  run(target: string, reference: string, options?: Partial<GedOptions>) {
    return this.engine.run(this.request(target, reference, options), call());
  }

  /** One repeat of the folds, nothing permuted. */
  validate(target: string, reference: string, options?: Partial<GedOptions>, folds = 5, seed = 1) {
    const validation = {
      ...defaultValidationOptions,
      permutations: 0,
      repeats: 1,
      extended: false,
    };
    return this.engine.validate(
      { ...this.request(target, reference, options), validation: { ...validation, folds, seed } },
      call(),
    );
  }

  async close(): Promise<void> {
    await this.engine.dispose();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
