import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { root } from "../editor/paths.mjs";
import { expectHimOverHer, validatedHeadline } from "./support/golden.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { retry } from "./support/retry.ts";
import { Workbench } from "./support/workbench.ts";

let workbench: Workbench | undefined;
let start: ChildProcess | undefined;

afterEach(async () => {
  await workbench?.close();
  start?.kill();
});

test("npm start prints the separation, shows it in VS Code, and Ctrl-C ends all of it", async () => {
  // Without a display it opens the editor that a browser shows.
  const environment = { ...process.env };
  delete environment.DISPLAY;
  delete environment.WAYLAND_DISPLAY;
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  start = child;
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const url = await retry("npm start prints an address", 50_000, async () => {
    const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0];
    if (!found) throw new Error(`it printed only:\n${output}`);
    return found;
  });
  expect(output).toContain("eigenvalue 187.918");
  expect(output).toContain("eigenvalue 170.033");

  workbench = await Workbench.openUrl(url, "him.npy");
  const panel = await ResultPanel.showing(workbench);
  await expectHimOverHer(panel);
  // The validation follows by itself.
  await expect
    .poll(() => panel.text("headline"), { timeout: 110_000, interval: 500 })
    .toMatch(validatedHeadline);

  const processes = descendants(child.pid);
  expect(processes.length).toBeGreaterThan(2);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  await retry("every process has ended", 30_000, async () => {
    const left = processes.filter((id) => processTable().some((row) => row.id === id));
    if (left.length > 0) throw new Error(`still there: ${left.join(", ")}`);
  });
}, 240_000);

/** Every living process; one that has ended but was not waited for is none. */
function processTable(): { id: number; parent: number }[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith("Z"))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
}

/** The processes that a process began, and those that they began. */
function descendants(ancestor: number | undefined): number[] {
  const table = processTable();
  const found: number[] = [];
  const collect = (parent: number | undefined) => {
    for (const row of table.filter((candidate) => candidate.parent === parent)) {
      found.push(row.id);
      collect(row.id);
    }
  };
  collect(ancestor);
  return found;
}
