/** Random access to the bytes of one file, wherever it lives. */
export interface ByteSource {
  /** For messages and for deciding on a format by its extension. */
  readonly path: string;
  readonly byteLength: number;
  /** Set if the bytes are a file of this machine: for libraries that can only read synchronously. */
  readonly localPath?: string;
  /** What was opened, if the system told on the way: spares asking again by the path. */
  readonly found?: FileStat;
  /**
   * Exactly `length` bytes from `offset`.
   * @throws EigenlensError "file-access" if the file is shorter than that or changed since it was opened
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /**
   * As {@link read}, into memory of the caller's (the streaming path, which allocates nothing).
   */
  readInto(offset: number, destination: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Where files come from: the local disk, or the host's `workspace.fs` for remote and virtual folders. */
export interface FileSystem {
  /** Whether every source says in `found` what was opened. */
  readonly tellsFound?: true;
  /** @throws EigenlensError "file-access" if there is no such file or it may not be read */
  open(path: string): Promise<ByteSource>;
  /** Names in a folder (for zarr, shards and sidecar files); undefined if it is not a folder. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** The symbolic links in a folder that lead out of it, with what they lead to; absent if links cannot be told. */
  linksOut?(path: string): Promise<readonly LinkOut[]>;
  /** Undefined if nothing is there. */
  stat(path: string): Promise<FileStat | undefined>;
}

/** A link of a folder to what lies elsewhere. */
export interface LinkOut {
  readonly name: string;
  readonly target: string;
}

export interface FileStat {
  readonly kind: "file" | "folder";
  readonly byteLength: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Differs between files if the system can tell them apart: a file that took the place of another is another. */
  readonly identity?: string;
}
