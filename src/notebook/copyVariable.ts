import { createHash, randomBytes } from "node:crypto";
import { open, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as v from "valibot";
import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import { askKernel, NoAnswer } from "./ask.ts";
import type { NotebookKernel } from "./kernel.ts";

/** Bytes of one answer through outputs: a Jupyter server lets a million through in a second, a third more as text. */
const chunkBytes = 2 ** 18;
/** Between two tries of one chunk, in milliseconds: a server that limits outputs looks at the last three seconds. */
const pauses = [1_000, 2_000, 4_000, 8_000];

/** What is copied, and where to. */
export interface CopyRequest {
  readonly variable: string;
  /** Of the new file; its folder is there. */
  readonly path: string;
  /** For the file's header. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called before the first of the chunks if the kernel's machine does not see the folder. */
  readonly throughOutputs?: (byteLength: number) => Promise<void> | void;
  /** Called with the bytes that arrived. */
  readonly progress?: (done: number, byteLength: number) => void;
}

export interface Copied {
  readonly byteLength: number;
  /** Columns of texts for which the file's header had no room. */
  readonly leftOut: readonly string[];
}

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(8));
const gone = v.object({ gone: v.literal(true) });
const written = v.object({ bytes: size, leftOut: v.array(v.string()) });
const elsewhere = v.object({ elsewhere: v.literal(true) });
const digested = v.object({ ...written.entries, sha256: v.string() });
const chunk = v.object({ data: v.string() });

/**
 * Copies a variable into a safetensors file: written by the notebook's Python if its machine sees the folder, which a
 * probe beside the file tells, else through the outputs of many requests. What fails leaves no file.
 * @throws EigenlensError as {@link askKernel}; "condition" if the variable is gone or changed meanwhile; whatever
 *   `throughOutputs` throws; CancelledError
 */
export async function copyVariable(kernel: NotebookKernel, request: CopyRequest): Promise<Copied> {
  try {
    const copied = (await writeThere(kernel, request)) ?? (await throughOutputs(kernel, request));
    const { size: found } = await stat(request.path);
    if (found !== copied.byteLength) throw changed(request.variable);
    return copied;
  } catch (thrown) {
    await rm(request.path, { force: true });
    throw thrown;
  }
}

/** @returns undefined if the kernel does not see the folder */
async function writeThere(
  kernel: NotebookKernel,
  { variable: name, path, metadata, signal }: CopyRequest,
): Promise<Copied | undefined> {
  const secret = randomBytes(16).toString("hex");
  const probe = join(dirname(path), `probe-${randomBytes(4).toString("hex")}`);
  await writeFile(probe, secret);
  try {
    const asked = { kind: "write", name, metadata, path, probe, secret } as const;
    const answer = await askKernel(kernel, asked, signal);
    if (v.is(elsewhere, answer)) return undefined;
    const { bytes, leftOut } = checked(written, answer, kernel, name);
    return { byteLength: bytes, leftOut };
  } finally {
    await rm(probe, { force: true });
  }
}

async function throughOutputs(kernel: NotebookKernel, request: CopyRequest): Promise<Copied> {
  const { variable: name, metadata, signal, path } = request;
  const answer = await askKernel(kernel, { kind: "digest", name, metadata }, signal);
  const { bytes, leftOut, sha256 } = checked(digested, answer, kernel, name);
  await request.throughOutputs?.(bytes);
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  try {
    for (let start = 0; start < bytes; start += chunkBytes) {
      const stop = Math.min(start + chunkBytes, bytes);
      const part = await readChunk(kernel, request, start, stop);
      hash.update(part);
      await file.write(part);
      request.progress?.(stop, bytes);
    }
  } finally {
    await file.close();
  }
  if (hash.digest("hex") !== sha256) throw changed(name);
  return { byteLength: bytes, leftOut };
}

/** A server that limits outputs drops what is too much and says nothing to us: it is asked for again, later. */
async function readChunk(
  kernel: NotebookKernel,
  { variable: name, metadata, signal }: CopyRequest,
  start: number,
  stop: number,
): Promise<Uint8Array> {
  for (let tries = 0; ; tries += 1) {
    try {
      const asked = { kind: "read", name, metadata, start, stop } as const;
      const answer = await askKernel(kernel, asked, signal);
      const part = Buffer.from(checked(chunk, answer, kernel, name).data, "base64");
      if (part.length !== stop - start) throw changed(name);
      return part;
    } catch (thrown) {
      const wait = pauses[tries];
      if (!(thrown instanceof NoAnswer) || wait === undefined) throw thrown;
      // Cancelling is told by the next request.
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: object,
  kernel: NotebookKernel,
  name: string,
): v.InferOutput<Schema> {
  if (v.is(gone, answer)) throw changed(name);
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  throw new NoAnswer(kernel.notebook);
}

function changed(name: string): EigenlensError {
  return new EigenlensError(
    "condition",
    `${printable(name)} changed while it was read: wait until the notebook's cells have run, then try again.`,
  );
}
