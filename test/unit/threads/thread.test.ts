import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { manyLooks, Thread, type ThreadEnd } from "../../../src/threads/thread.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A thread that runs these lines, what it says, and how it ends. */
function start(name: string, lines: string, options: { mostStartLooks?: number } = {}) {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(
    file,
    `const { parentPort, workerData } = require("node:worker_threads");\n${lines}`,
  );
  const messages: unknown[] = [];
  const ends: ThreadEnd[] = [];
  let thread: Thread<unknown> | undefined;
  let waiting: (() => void) | undefined;
  const ended = new Promise<ThreadEnd>((resolve) => {
    thread = new Thread<unknown>(file, {
      data: "given",
      ...options,
      onMessage: (message) => {
        messages.push(message);
        waiting?.();
      },
      onEnd: (end) => {
        ends.push(end);
        resolve(end);
      },
    });
  });
  const said = (count: number) =>
    new Promise<unknown[]>((resolve) => {
      waiting = () => {
        if (messages.length >= count) resolve(messages);
      };
      waiting();
    });
  if (thread === undefined) throw new Error("A promise starts what it is given at once.");
  return { thread, ended, ends, said };
}

const echo = `parentPort.postMessage(workerData);
parentPort.on("message", (message) => parentPort.postMessage(message));`;

describe("a thread", () => {
  it("is given data, answers, and is ended once by whoever has it", async () => {
    const { thread, ends, said } = start("echo", echo, { mostStartLooks: 240 });
    expect(await said(1)).toEqual(["given"]);
    expect(thread.isWatched).toBe(false);
    thread.post({ number: 3 });
    expect(await said(2)).toEqual(["given", { number: 3 }]);
    const first = thread.end("it is no longer needed");
    expect(thread.ended).toBe(true);
    await Promise.all([first, thread.end("again")]);
    expect(ends).toMatchObject([{ how: "ended", message: "it is no longer needed" }]);
  });

  it("says how it ended by itself, and only that", async () => {
    const thrown = start("throws", `throw new RangeError("too far");`);
    expect(await thrown.ended).toMatchObject({ how: "threw", message: "too far" });
    expect((await thrown.ended).cause).toBeInstanceOf(Error);
    await thrown.thread.end("later");
    expect(thrown.ends.length).toBe(1);
    const exited = start("exits", "process.exit(3);");
    expect(await exited.ended).toMatchObject({ how: "exited", message: "it ended with code 3" });
    const missing = new Promise<ThreadEnd>((onEnd) => {
      new Thread(join(folder, "missing.cjs"), { onMessage: () => undefined, onEnd });
    });
    expect(await missing).toMatchObject({ how: "threw" });
  });

  it("is ended if its first message never comes, or if whoever looks after it says so", async () => {
    const deaf = start("deaf", `parentPort.on("message", () => undefined);`, { mostStartLooks: 1 });
    expect(await deaf.ended).toMatchObject({
      how: "ended",
      message: "it did not start within 0.25 seconds",
    });
    const watched = start("watched", echo);
    await watched.said(1);
    const looks: number[] = [];
    watched.thread.watch(() => (looks.push(looks.length) < 3 ? undefined : "looked at enough"));
    expect(await watched.ended).toMatchObject({ message: "looked at enough" });
    expect(looks).toEqual([0, 1, 2]);
  });

  it("counts looks, not seconds", () => {
    const look = manyLooks(3, (seconds) => `${seconds} s`);
    expect([look(), look(), look()]).toEqual([undefined, undefined, "0.75 s"]);
  });
});
