import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Progress } from "../../../../src/protocol/engine.ts";
import { WorkerChannel } from "../../../../src/engine/channel/workerChannel.ts";
import { collectedLog } from "../../extension/support/collectedLog.ts";

const workerPath = fileURLToPath(
  new URL("../../extension/support/faultyWorker.mjs", import.meta.url),
);
/** Milliseconds longer than any test. */
const never = 2 ** 30;
let channel: WorkerChannel | undefined;
/** How many workers the channel has started. */
let starts = 0;

function open(options: { cancellationGrace?: number; idleTime?: number } = {}) {
  const log = collectedLog();
  starts = 0;
  const workerData = () => {
    starts++;
    return { tensorflowFolders: [] };
  };
  channel = new WorkerChannel({ name: "computing", workerPath, workerData, log, ...options });
  return { channel, log };
}

afterEach(() => channel?.dispose());

const inspect = (from: WorkerChannel, path: string, signal?: AbortSignal) =>
  from.call("inspect", { path }, signal ? { signal } : {});

describe("a worker channel", () => {
  it("answers with results, progress and log lines", async () => {
    const { channel, log } = open();
    const progress: Progress[] = [];
    const value = await channel.call(
      "inspect",
      { path: "fine" },
      { onProgress: (step) => progress.push(step) },
    );
    expect(value).toEqual({ path: "fine" });
    expect(progress).toEqual([{ step: "Reading", fraction: 0.5 }]);
    expect(log.lines).toContain("warn: a line of the worker's");
  });

  it("rejects with the worker's code and line, its stack in the log", async () => {
    const { channel, log } = open();
    await expect(inspect(channel, "refused")).rejects.toMatchObject({
      code: "file-format",
      message: "refused is empty.",
      detail: { path: "refused", found: "0 bytes", remedy: { kind: "transpose" } },
    });
    expect(log.lines.join("\n")).toContain("at reader");
  });

  it.each(["exit", "throw"])("survives a worker that dies by %s", async (death) => {
    const { channel, log } = open();
    const dying = inspect(channel, death);
    const waiting = inspect(channel, "fine");
    await expect(dying).rejects.toMatchObject({
      code: "internal",
      message: expect.stringMatching(/stopped unexpectedly.*next run starts a new one/),
    });
    await expect(waiting).rejects.toMatchObject({ code: "internal" });
    expect(channel.running).toBe(false);
    expect(log.lines.some((line) => line.startsWith("error: "))).toBe(true);
    expect(await inspect(channel, "fine")).toEqual({ path: "fine" });
    expect(starts).toBe(2);
  });

  it("calls lack of memory by its name", async () => {
    const log = collectedLog();
    channel = new WorkerChannel({
      name: "computing",
      workerPath,
      log,
      resourceLimits: { maxOldGenerationSizeMb: 20 },
    });
    await expect(inspect(channel, "memory")).rejects.toMatchObject({
      code: "memory",
      message: expect.stringContaining("ran out of memory"),
    });
    expect(await inspect(channel, "fine")).toEqual({ path: "fine" });
  });

  it("tells a running worker to stop through the shared flag", async () => {
    const { channel, log } = open({ cancellationGrace: never });
    const stop = new AbortController();
    const call = inspect(channel, "listening", stop.signal);
    await expect.poll(() => log.lines).toContain("info: listening");
    expect(log.lines).not.toContain("info: stopped");
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => log.lines).toContain("info: stopped");
    expect(starts).toBe(1);
  });

  it("ends a worker that does not listen", async () => {
    const { channel, log } = open({ cancellationGrace: 100 });
    const stop = new AbortController();
    const call = inspect(channel, "deaf", stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(call).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => log.lines.join()).toContain("did not stop when asked");
    expect(channel.running).toBe(false);
    expect(await inspect(channel, "fine")).toEqual({ path: "fine" });
  });

  it("answers a cancel while the worker is still deaf, and what comes next does not wait", async () => {
    const { channel, log } = open({ cancellationGrace: never });
    const stop = new AbortController();
    const call = inspect(channel, "deaf", stop.signal);
    await expect.poll(() => log.lines).toContain("info: deaf");
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: "cancelled" });
    // The very worker that will never answer: neither it nor its end was waited for.
    expect(channel.running).toBe(true);
    expect(starts).toBe(1);
    expect(await inspect(channel, "fine")).toEqual({ path: "fine" });
    expect(starts).toBe(2);
    expect(log.lines).toEqual(["info: deaf", "warn: a line of the worker's"]);
  });

  it("does not start for a call that was cancelled before", async () => {
    const { channel } = open();
    await expect(inspect(channel, "fine", AbortSignal.abort())).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(starts).toBe(0);
  });

  it("warns of messages it does not know and goes on", async () => {
    const { channel, log } = open();
    expect(await inspect(channel, "unknown")).toBe("still here");
    expect(log.lines.filter((line) => line.startsWith("warn: "))).toHaveLength(2);
  });

  it("gives the worker back when idle", async () => {
    const { channel } = open({ idleTime: 30 });
    await inspect(channel, "fine");
    await expect.poll(() => channel.running).toBe(false);
    expect(await inspect(channel, "fine")).toEqual({ path: "fine" });
  });

  it("rejects what waits when it is disposed, and what comes later", async () => {
    const { channel } = open();
    const waiting = inspect(channel, "listening");
    // Attached at once, so that the rejection is never without a listener.
    const rejected = expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    await channel.dispose();
    await rejected;
    await expect(inspect(channel, "fine")).rejects.toMatchObject({ code: "internal" });
  });
});
