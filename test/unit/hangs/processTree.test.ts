import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { descendantsOf, describeProcess } from "../../hangs/processTree.mjs";

it("says what the processes are that one has started, and where their threads wait", async () => {
  const script = "console.log(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)";
  const child = spawn(process.execPath, ["-e", script]);
  try {
    await once(child.stdout, "data");
    const found = descendantsOf(process.pid).find(({ pid }) => pid === child.pid);
    // Other systems have no such folder.
    expect(found !== undefined).toBe(existsSync("/proc/self/stat"));
    if (found === undefined) return;
    const [what = "", ...threads] = describeProcess(found);
    expect(what).toContain(`process ${child.pid} of ${process.pid}: ${process.execPath} -e`);
    expect(threads.length).toBeGreaterThan(1);
    expect(threads[0]).toMatch(/^ {2}thread \d+ .+: [A-Z], \S+, \d+ ticks$/);
  } finally {
    child.kill("SIGKILL");
  }
});
