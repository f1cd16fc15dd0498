import type { FileSystem } from "../activations/byteSource.ts";
import { refusePointer } from "../activations/pointerFile.ts";
import { memorySource } from "../activations/sources/memorySource.ts";
import { EigenlensError } from "../errors.ts";
import type { EngineReply, EngineRequest } from "../protocol/engine.ts";

type FileRequest = Extract<EngineReply, { kind: "fileRequest" }>;
type FileReply = Extract<EngineRequest, { kind: "fileReply" }>;

/**
 * Files that only the editor can read: remote and virtual folders, addressed as `scheme://...`. The editor
 * gives whole files only, so that reading one row means reading the file; it is kept while it is open.
 */
export class HostFileSystem implements FileSystem {
  readonly #post: (request: FileRequest) => void;
  readonly #waiting = new Map<number, (reply: FileReply) => void>();
  #nextId = 1;

  constructor(post: (request: FileRequest) => void) {
    this.#post = post;
  }

  /** The host answered. */
  receive(reply: FileReply): void {
    const answer = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    answer?.(reply);
  }

  async open(path: string) {
    const { bytes } = await this.#ask("read", path);
    if (bytes === undefined) {
      throw new EigenlensError("file-access", `${path} was not found: choose an existing file.`);
    }
    const source = memorySource(path, bytes);
    await refusePointer(source);
    return source;
  }

  async list(path: string) {
    return (await this.#ask("list", path)).names;
  }

  async stat(path: string) {
    return (await this.#ask("stat", path)).stat;
  }

  async #ask(operation: FileRequest["operation"], path: string): Promise<FileReply> {
    const id = this.#nextId++;
    const reply = await new Promise<FileReply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post({ kind: "fileRequest", id, operation, path });
    });
    if (reply.message !== undefined) throw new EigenlensError("file-access", reply.message);
    return reply;
  }
}

/** Addresses (`scheme://...`) go to the editor, everything else to the disk. */
export function routedFileSystem(disk: FileSystem, editor: FileSystem): FileSystem {
  const of = (path: string) => (/^[a-z][a-z0-9+.-]+:\/\//i.test(path) ? editor : disk);
  return {
    open: (path) => of(path).open(path),
    list: (path) => of(path).list(path),
    stat: (path) => of(path).stat(path),
    linksOut: (path) => of(path).linksOut?.(path) ?? Promise.resolve([]),
  };
}
