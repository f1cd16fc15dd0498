import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openMoments, type MomentsFile } from "../../src/moments/openMoments.ts";
import { writeMoments } from "../../src/moments/writeMoments.ts";

/** A folder in which moments documents are written, and opened again from bytes that a test has changed. */
export class MomentsFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(): Promise<MomentsFolder> {
    return new MomentsFolder(await mkdtemp(join(tmpdir(), "eigenlens-moments-")));
  }

  /** The bytes of a document. */
  async written(
    layout: Parameters<typeof writeMoments>[1],
    sumsOf: Parameters<typeof writeMoments>[2],
  ): Promise<Uint8Array> {
    const path = join(this.#path, "made.moments.safetensors");
    await writeMoments(path, layout, sumsOf, "0.0.0");
    return Uint8Array.from(await readFile(path));
  }

  async opened(content: Uint8Array): Promise<MomentsFile> {
    const path = join(this.#path, "file.moments.safetensors");
    await writeFile(path, content);
    return openMoments(path, nodeFileSystem);
  }

  remove(): Promise<void> {
    return rm(this.#path, { recursive: true, force: true });
  }
}
