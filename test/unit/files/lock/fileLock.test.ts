import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, it } from "vitest";
import { withFileLock, type LockTimes } from "../../../../src/files/lock/fileLock.ts";
import { newRecord } from "../../../../src/files/lock/lockRecord.ts";
import { processSpace } from "../../../../src/files/processes.ts";
import { childProgram, startChild } from "../../../support/childProgram.ts";

/** Adds one to a number in a file, so often, slowly enough for others to come between. */
const counting = `
  import { readFile, writeFile } from "node:fs/promises";
  import { setTimeout as delay } from "node:timers/promises";
  import { withFileLock } from "./src/files/lock/fileLock.ts";
  const [lock = "", counter = "", times = "", crashing = ""] = process.argv.slice(2);
  async function main() {
    for (let i = 0; i < Number(times); i++) {
      await withFileLock(lock, async () => {
        const before = Number(await readFile(counter, "utf8"));
        await delay(2);
        await writeFile(counter, String(before + 1));
        if (crashing !== "" && i === Number(times) - 1) process.kill(process.pid, "SIGKILL");
      });
    }
  }
  void main();
`;

let programs: string;
let program: string;
let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), "eigenlens-lock-program-"));
  program = await childProgram(programs, counting);
});
afterAll(() => rm(programs, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-lock-"));
  await writeFile(at("counter"), "0");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const counted = async () => Number(await readFile(at("counter"), "utf8"));
const count = (times: number, crashing = false) =>
  startChild(program, at("lock"), at("counter"), `${times}`, ...(crashing ? ["crash"] : [])).ended;
const quick: LockTimes = { beat: 50, silence: 300, patience: 30_000 };

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.on("close", resolve));
  return child.pid ?? 0;
}

describe("a lock on a file", () => {
  it("lets four processes work one after the other", async () => {
    const ended = await Promise.all([count(25), count(25), count(25), count(25)]);
    expect(ended.map(({ code, errors }) => [code, errors])).toEqual(Array(4).fill([0, ""]));
    expect(await counted()).toBe(100);
    expect(await readdir(folder)).toEqual(["counter"]);
  });

  it("passes on from holders that were killed, again and again", async () => {
    const crashes = [1, 2, 3, 1, 2, 3].map((times) => count(times, true));
    const others = [count(20), count(20)];
    for (const { signal } of await Promise.all(crashes)) expect(signal).toBe("SIGKILL");
    for (const { code, errors } of await Promise.all(others))
      expect([code, errors]).toEqual([0, ""]);
    expect(await counted()).toBe(52);
    await withFileLock(at("lock"), () => Promise.resolve());
    expect(await readdir(folder)).toEqual(["counter"]);
  });

  it("is released where the work fails", async () => {
    const failing = withFileLock(at("lock"), () => Promise.reject(new Error("a fault")));
    await expect(failing).rejects.toThrow("a fault");
    expect(await withFileLock(at("lock"), () => Promise.resolve("done"))).toBe("done");
  });

  it.each([
    [
      "of a process that ended",
      async () => JSON.stringify({ ...newRecord(), pid: await endedProcess() }),
    ],
    [
      "of another machine that is silent",
      () => JSON.stringify({ ...newRecord(), space: "ffffffff" }),
    ],
    ["of a process id given anew", () => JSON.stringify({ ...newRecord(), pid: process.ppid })],
    ["left empty by a crash", () => ""],
    ["that holds something else", () => '{"token": "../../away", "space": 1}'],
  ])("takes over from a lock %s", async (_name, content) => {
    await writeFile(at("lock"), await content());
    // An age in the past or the future says nothing: clocks jump.
    await utimes(at("lock"), 4e9, 4e9);
    expect(await withFileLock(at("lock"), () => Promise.resolve("done"), quick)).toBe("done");
    expect(await readdir(folder)).toEqual(["counter"]);
  });

  it("waits for a holder that shows that it lives, however old its lock is", async () => {
    const record = { ...newRecord(), space: "ffffffff" };
    await writeFile(at("lock"), JSON.stringify(record));
    let sign = 0;
    const living = setInterval(() => void utimes(at("lock"), 1, ++sign), 20);
    const order: string[] = [];
    const waiting = withFileLock(at("lock"), () => Promise.resolve(order.push("ours")), quick);
    await delay(3 * quick.silence);
    order.push("theirs");
    clearInterval(living);
    await waiting;
    expect(order).toEqual(["theirs", "ours"]);
  });

  it("beats while it is held", async () => {
    const order: string[] = [];
    const first = withFileLock(
      at("lock"),
      async () => {
        await delay(3 * quick.silence);
        order.push("first");
      },
      quick,
    );
    await delay(10);
    const second = withFileLock(at("lock"), () => Promise.resolve(order.push("second")), quick);
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
  });

  it("says so where it was taken over, and leaves the other's alone", async () => {
    const silent: LockTimes = { ...quick, beat: 1e9 };
    const order: string[] = [];
    let takeOver: Promise<void> | undefined;
    const first = withFileLock(
      at("lock"),
      async (lock) => {
        await lock.check();
        await new Promise<void>((taken) => {
          takeOver = withFileLock(
            at("lock"),
            async (theirs) => {
              taken();
              await expect(first).rejects.toThrow(/taken over/);
              await theirs.check();
              order.push("still held");
            },
            quick,
          );
        });
        await lock.check();
      },
      silent,
    );
    await expect(first).rejects.toMatchObject({ code: "file-access" });
    await takeOver;
    expect(order).toEqual(["still held"]);
    expect(await readdir(folder)).toEqual(["counter"]);
  });

  it("gives up where it is held for too long, and names the holder", async () => {
    await withFileLock(at("lock"), async () => {
      const waiting = withFileLock(at("lock"), () => Promise.resolve(), {
        ...quick,
        patience: 50,
        silence: 1e9,
      });
      await expect(waiting).rejects.toThrow(`held by process ${process.pid}`);
    });
  });

  it("removes what a crash left beside it", async () => {
    const left = { ...newRecord(), pid: await endedProcess(), space: processSpace };
    await writeFile(at("lock.0123"), JSON.stringify(left));
    await withFileLock(at("lock"), () => Promise.resolve());
    expect(await readdir(folder)).toEqual(["counter"]);
  });
});
