import { spawn } from "node:child_process";
import {
  copyFile,
  cp,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { convertToNpy } from "../../../src/conditions/convertToNpy.ts";
import { eigenlens } from "../../support/commandLine.ts";
import { startChild } from "../../support/childProgram.ts";
import { npyBytes } from "../../support/fileBytes.ts";

const data = "test/unit/files/data";
const formats = "test/formats/data";
let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const partials = async () =>
  (await readdir(folder)).filter((name) => name.endsWith(".partial")).map((name) => at(name));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-output-"));
  for (const name of ["keep.npy", "other.npy"]) await copyFile(join(data, name), at(name));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** That a command refuses in one line and leaves everything as it was. */
async function refused(path: string, ...words: string[]): Promise<void> {
  const before = await readFile(path);
  const { code, output, errors } = await eigenlens(...words);
  expect([code, output]).toEqual([1, ""]);
  expect(errors).toMatch(/^[^\n]+ (is|which is) read[^\n]+choose another [^\n]+\n$/);
  expect(await readFile(path)).toEqual(before);
  expect(await partials()).toEqual([]);
}

describe("an output that is an input", () => {
  it("is refused by convert, through links too", async () => {
    await link(at("keep.npy"), at("hard.npy"));
    await symlink("keep.npy", at("soft.npy"));
    for (const other of ["keep.npy", "hard.npy", "soft.npy"]) {
      await refused(at("keep.npy"), "convert", at("keep.npy"), at(other));
      await refused(at("keep.npy"), "convert", `${at(other)}[rows=0:2]`, at("keep.npy"));
    }
    expect(await readlink(at("soft.npy"))).toBe("keep.npy");
  });

  it("is refused by run, for both conditions", async () => {
    const [keep, other] = [at("keep.npy"), at("other.npy")];
    await refused(keep, "run", other, keep, "--out", keep);
    await refused(other, "run", other, keep, "--out", other);
    const sentences = at("sentences.json");
    const count = 10;
    await writeFile(sentences, JSON.stringify(Array.from({ length: count }, (_, row) => `${row}`)));
    await refused(sentences, "run", other, keep, "--out", sentences);
  });

  it("is refused if it is a shard, a sidecar or a part of a zarr folder", async () => {
    await cp(join(formats, "sharded"), at("sharded"), { recursive: true });
    const names = await readdir(at("sharded"));
    const index = names.find((name) => name.endsWith(".json")) ?? "";
    const { weight_map: shards } = JSON.parse(await readFile(at("sharded", index), "utf8")) as {
      weight_map: Record<string, string>;
    };
    const [tensor = ""] = Object.keys(shards);
    for (const shard of new Set(Object.values(shards))) {
      const path = at("sharded", shard);
      await refused(path, "convert", `${at("sharded", index)}#${tensor}`, path);
    }
    await copyFile(join(formats, "raw_f32.bin"), at("raw_f32.bin"));
    await copyFile(join(formats, "raw_f32.json"), at("raw_f32.json"));
    await refused(at("raw_f32.json"), "convert", at("raw_f32.bin"), at("raw_f32.json"));
    await cp(join(formats, "v3.zarr"), at("v3.zarr"), { recursive: true });
    const { errors, code } = await eigenlens(
      ...["convert", `${at("v3.zarr")}#him`, at("v3.zarr", "out.npy")],
    );
    expect([code, errors]).toEqual([1, expect.stringMatching(/lies in .*v3\.zarr, which is read/)]);
    expect(await readdir(at("v3.zarr"))).not.toContain("out.npy");
  });

  it("is refused on standard output", async () => {
    const before = await readFile(at("keep.npy"));
    const file = await open(at("keep.npy"), "r+");
    const words = ["dist/cli.js", "convert", at("keep.npy"), "/dev/stdout"];
    const child = spawn(process.execPath, words, { stdio: ["ignore", file.fd, "ignore"] });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(1);
    await file.close();
    expect(await readFile(at("keep.npy"))).toEqual(before);
  });
});

describe("an output that is no plain file", () => {
  it("stays a link, whose target holds the new content", async () => {
    await symlink("keep.npy", at("alias.npy"));
    const { code } = await eigenlens("convert", at("other.npy"), at("alias.npy"));
    expect(code).toBe(0);
    expect((await lstat(at("alias.npy"))).isSymbolicLink()).toBe(true);
    expect(await readFile(at("keep.npy"))).toEqual(await readFile(at("other.npy")));
  });

  it("may be standard output, which then holds nothing else", async () => {
    const words = ["dist/cli.js", "convert", at("other.npy"), "/dev/stdout"];
    const child = spawn(process.execPath, words);
    const parts: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    expect(Buffer.concat(parts)).toEqual(await readFile(at("other.npy")));
    expect(errors).toBe("/dev/stdout: 10 x 4 float64\n");
  });

  it("may be any descriptor, and is appended to where the user said so", async () => {
    await writeFile(at("log"), "before\n");
    const log = await open(at("log"), "a");
    const stdio = ["ignore", "ignore", "inherit", log.fd] as const;
    const words = ["dist/cli.js", "convert", at("other.npy"), "/dev/fd/3"];
    const child = spawn(process.execPath, words, { stdio: [...stdio] });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    await log.close();
    const expected = [Buffer.from("before\n"), await readFile(at("other.npy"))];
    expect(await readFile(at("log"))).toEqual(Buffer.concat(expected));
  });
});

describe("a source that changes while it is converted", () => {
  /** A file system on which a file is rewritten once the first of its rows were asked for. */
  const changing = (path: string, change: () => Promise<void>) => {
    let changed = false;
    return {
      ...nodeFileSystem,
      async open(name: string) {
        const source = await nodeFileSystem.open(name);
        const readInto: typeof source.readInto = async (offset, destination) => {
          await source.readInto(offset, destination);
          if (name !== path || changed) return;
          changed = true;
          await change();
        };
        return { ...source, readInto };
      },
    };
  };

  it.each(["", "#", "[rows=0:5]"])("leaves no output (%s)", async (selection) => {
    const path = at("keep.npy");
    const files = changing(path, () => utimes(path, 1, 1));
    const source =
      selection === ""
        ? { path }
        : { path, ...(selection === "#" ? { tensor: "" } : { rows: { start: 0, stop: 5 } }) };
    await expect(convertToNpy(source, at("out.npy"), files)).rejects.toThrow(
      /keep\.npy changed while it was read/,
    );
    expect((await readdir(folder)).sort()).toEqual(["keep.npy", "other.npy"]);
  });

  it("is noticed where a file of the same size and time took its place, or none did", async () => {
    const path = at("keep.npy");
    const { atime, mtime } = await stat(path);
    const replaced = changing(path, async () => {
      await writeFile(at("new"), await readFile(at("other.npy")));
      await utimes(at("new"), atime, mtime);
      await rename(at("new"), path);
    });
    await writeFile(at("out.npy"), "old");
    await expect(convertToNpy({ path }, at("out.npy"), replaced)).rejects.toThrow(/changed while/);
    expect(await readFile(at("out.npy"), "utf8")).toBe("old");
    const gone = changing(at("other.npy"), () => rm(at("other.npy")));
    await expect(convertToNpy({ path: at("other.npy") }, at("out.npy"), gone)).rejects.toThrow(
      /vanished while/,
    );
    expect(await readFile(at("out.npy"), "utf8")).toBe("old");
  });
});

describe("an interrupted conversion", () => {
  /** A file of 4 GB that takes no room: long enough to be interrupted in the middle. */
  async function makeLong(): Promise<void> {
    const rows = 500_000;
    const header = npyBytes([rows, 1024], new Uint8Array(0), "<f8");
    const file = await open(at("long.npy"), "w");
    await file.write(header);
    await file.truncate(header.length + rows * 1024 * 8);
    await file.close();
  }

  const started = () => startChild("dist/cli.js", "convert", at("long.npy"), at("out.npy"));
  async function halfWritten(count = 1): Promise<void> {
    for (;;) {
      const sizes = await Promise.all(
        (await partials()).map((path) => stat(path).then(({ size }) => size)),
      );
      if (sizes.length === count && sizes.every((size) => size > 0)) return;
      await delay(5);
    }
  }

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s leaves nothing", async (signal) => {
    await makeLong();
    await writeFile(at("out.npy"), "old");
    const child = started();
    await halfWritten();
    child.kill(signal);
    const { code, output, errors } = await child.ended;
    expect([code, output, errors]).toEqual([128 + constants.signals[signal], "", ""]);
    expect(await partials()).toEqual([]);
    expect(await readFile(at("out.npy"), "utf8")).toBe("old");
  });

  it("by a kill is cleaned up by the next write, one that goes on is left alone", async () => {
    await makeLong();
    const [killed, living] = [started(), started()];
    await halfWritten(2);
    killed.kill("SIGKILL");
    await killed.ended;
    living.kill("SIGSTOP");
    expect(await partials()).toHaveLength(2);
    expect((await eigenlens("convert", at("other.npy"), at("next.npy"))).code).toBe(0);
    const left = await partials();
    expect(left).toEqual([expect.stringContaining(`-${living.pid}-`)]);
    living.kill("SIGCONT");
    living.kill("SIGTERM");
    expect((await living.ended).code).toBe(143);
    expect(await partials()).toEqual([]);
  });

  it("that waits for the reader of a pipe ends at once", async () => {
    await mkdir(at("pipes"));
    const pipe = at("pipes", "pipe");
    await new Promise((resolve) => spawn("mkfifo", [pipe]).on("close", resolve));
    const child = startChild("dist/cli.js", "convert", at("other.npy"), resolve(pipe));
    await delay(300);
    child.kill("SIGINT");
    const { code, signal } = await child.ended;
    expect(code ?? 128 + constants.signals[signal ?? "SIGKILL"]).toBe(130);
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });
});
