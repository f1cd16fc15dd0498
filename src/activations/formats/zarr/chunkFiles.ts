import type { FileSystem } from "../../byteSource.ts";
import type { ChunkKeys } from "./metadata.ts";

/**
 * Which chunks of an array were written: told from the names in its folder, listed once, so that all that is missing
 * costs nothing, however many chunks the shape makes of it.
 */
export class ChunkFiles {
  readonly #fileSystem: FileSystem;
  readonly #folder: string;
  readonly #keys: ChunkKeys;
  readonly #grid: readonly number[];
  #bands: Promise<ReadonlyMap<number, readonly (readonly number[])[]>> | undefined;

  /**
   * @param folder of the array
   * @param grid how many chunks there are along each axis, one axis at least
   */
  constructor(fileSystem: FileSystem, folder: string, keys: ChunkKeys, grid: readonly number[]) {
    this.#fileSystem = fileSystem;
    this.#folder = folder;
    this.#keys = keys;
    this.#grid = grid;
  }

  /** Coordinates of the chunks whose first one is at least `first` and less than `stop`, in order. */
  async written(first: number, stop: number): Promise<(readonly number[])[]> {
    const bands = await (this.#bands ??= this.#list());
    const found = [...bands.keys()].filter((band) => band >= first && band < stop);
    const isNested = this.#keys.separator === "/" && this.#grid.length > 1;
    const coordinates: (readonly number[])[] = [];
    for (const band of found.sort((a, b) => a - b)) {
      if (isNested) coordinates.push(...(await this.#below([band])));
      else coordinates.push(...(bands.get(band) ?? []));
    }
    return coordinates;
  }

  /** How many names were found when the folder was listed: files, or folders of the first axis. */
  async listed(): Promise<number> {
    let count = 0;
    for (const band of (await (this.#bands ??= this.#list())).values()) count += band.length;
    return count;
  }

  /** Chunks by their first coordinate; with a folder for each axis, the folders of the first one. */
  async #list(): Promise<ReadonlyMap<number, readonly (readonly number[])[]>> {
    const { prefix, separator } = this.#keys;
    const isNested = separator === "/";
    const folder = isNested && prefix !== "" ? `${this.#folder}/${prefix}` : this.#folder;
    const start = isNested || prefix === "" ? "" : `${prefix}${separator}`;
    const axes = isNested ? this.#grid.slice(0, 1) : this.#grid;
    const bands = new Map<number, (readonly number[])[]>();
    for (const name of (await this.#fileSystem.list(folder)) ?? []) {
      if (!name.startsWith(start)) continue;
      const coordinates = coordinatesOf(name.slice(start.length).split("."), axes);
      const [band] = coordinates ?? [];
      if (coordinates === undefined || band === undefined) continue;
      const others = bands.get(band);
      if (others === undefined) bands.set(band, [coordinates]);
      else others.push(coordinates);
    }
    for (const band of bands.values()) band.sort(compare);
    return bands;
  }

  async #below(above: readonly number[]): Promise<(readonly number[])[]> {
    const place = [this.#folder, this.#keys.prefix, ...above].filter((part) => part !== "");
    const names = (await this.#fileSystem.list(place.join("/"))) ?? [];
    const axis = this.#grid.slice(above.length, above.length + 1);
    const found = names
      .flatMap((name) => coordinatesOf([name], axis) ?? [])
      .sort((a, b) => a - b)
      .map((at) => [...above, at]);
    if (above.length + 1 === this.#grid.length) return found;
    const chunks: (readonly number[])[] = [];
    for (const coordinates of found) chunks.push(...(await this.#below(coordinates)));
    return chunks;
  }
}

/** Undefined if the words are no coordinates within the grid, spelled as the library spells them. */
function coordinatesOf(words: readonly string[], grid: readonly number[]): number[] | undefined {
  if (words.length !== grid.length) return undefined;
  const coordinates = words.map((word) => (/^(0|[1-9]\d{0,15})$/.test(word) ? Number(word) : -1));
  const isInside = coordinates.every((at, axis) => at >= 0 && at < (grid[axis] ?? 0));
  return isInside ? coordinates : undefined;
}

function compare(left: readonly number[], right: readonly number[]): number {
  const axis = left.findIndex((at, index) => at !== right[index]);
  return axis === -1 ? 0 : (left[axis] ?? 0) - (right[axis] ?? 0);
}
