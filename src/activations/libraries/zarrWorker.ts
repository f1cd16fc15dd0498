// A thread that unpacks chunks of zarr arrays for formats/zarr/thread.ts. Also a bundle of its own.
import "../silenceThread.ts";
import { parentPort, workerData } from "node:worker_threads";
import type { UnpackReply, UnpackRequest, WasmCodec } from "../formats/zarr/messages.ts";
import { loadCodec, unpackChunk } from "../formats/zarr/unpack.ts";
import { limitWasmMemory } from "../wasmMemoryLimit.ts";

/** Memory of a codec beyond its chunk. */
const extraBytes = 2 ** 26;
let memoryLimit = extraBytes;

// A chunk that does not say what it unpacks to may unpack to anything.
limitWasmMemory(() => memoryLimit, "The codec");
parentPort?.on("message", (request: UnpackRequest) => void unpack(request));
void loadCodec(workerData as WasmCodec).then(() => answer({ kind: "ready" }));

async function unpack({ codec, bytes, mostBytes, into }: UnpackRequest): Promise<void> {
  // A buffer that grows is copied to one of twice its length.
  memoryLimit = extraBytes + bytes.byteLength + 3 * mostBytes;
  try {
    const unpacked = await unpackChunk(codec, bytes, into);
    // Both lie in memory of their own.
    const handedOver = [unpacked.buffer as ArrayBuffer, bytes.buffer as ArrayBuffer];
    answer({ kind: "unpacked", bytes: unpacked, packed: bytes }, handedOver);
  } catch (cause) {
    answer({ kind: "fault", fault: cause instanceof Error ? cause.message : String(cause) });
  }
}

function answer(reply: UnpackReply, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, handedOver);
}
