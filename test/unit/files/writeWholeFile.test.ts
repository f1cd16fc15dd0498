import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EigenlensError } from "../../../src/errors.ts";
import { processSpace } from "../../../src/files/processes.ts";
import { writeContent, writeWholeFile } from "../../../src/files/writeWholeFile.ts";
import { childProgram, startChild } from "../../support/childProgram.ts";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-whole-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("writing a file whole", () => {
  it("replaces a file and leaves no temporary one", async () => {
    await writeFile(at("a.json"), "old");
    await writeContent(at("a.json"), "new");
    expect(await readFile(at("a.json"), "utf8")).toBe("new");
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("writes parts one after the other", async () => {
    await writeContent(at("parts"), [Buffer.from("one "), new Uint8Array(0), Buffer.from("two")]);
    expect(await readFile(at("parts"), "utf8")).toBe("one two");
  });

  it("keeps what was there until the new content is complete, and where it never is", async () => {
    await writeFile(at("a"), "old");
    const failing = writeWholeFile(at("a"), async (append) => {
      await append("half");
      expect(await readFile(at("a"), "utf8")).toBe("old");
      throw new EigenlensError("file-format", "The source is damaged.");
    });
    await expect(failing).rejects.toThrow("The source is damaged.");
    expect(await readFile(at("a"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it.each([0o600, 0o640, 0o755, 0o666])("keeps the mode %o of a file", async (mode) => {
    await writeFile(at("a"), "old");
    await chmod(at("a"), mode);
    await writeContent(at("a"), "new");
    expect((await stat(at("a"))).mode & 0o7777).toBe(mode);
  });

  it("gives a new file the mode that the user's mask asks for", async () => {
    await writeFile(at("theirs"), "");
    await writeContent(at("ours"), "");
    expect((await stat(at("ours"))).mode).toBe((await stat(at("theirs"))).mode);
  });

  it.each([250, 255])("writes a name of %d bytes", async (length) => {
    const name = "ü".repeat(Math.floor(length / 2)).padEnd(length - Math.floor(length / 2), "x");
    expect(Buffer.byteLength(name)).toBe(length);
    await writeContent(at(name), "new");
    expect(await readFile(at(name), "utf8")).toBe("new");
  });
});

describe("links", () => {
  it("stay links, and what they lead to is replaced beside itself", async () => {
    await mkdir(at("there"));
    await writeFile(at("there", "target"), "old", { mode: 0o600 });
    await symlink(join("there", "target"), at("middle"));
    await symlink(at("middle"), at("link"));
    await writeContent(at("link"), "new");
    expect(await readlink(at("link"))).toBe(at("middle"));
    expect(await readlink(at("middle"))).toBe(join("there", "target"));
    expect(await readFile(at("there", "target"), "utf8")).toBe("new");
    expect((await stat(at("there", "target"))).mode & 0o777).toBe(0o600);
    expect((await lstat(at("there", "target"))).isFile()).toBe(true);
    expect(await readdir(at("there"))).toEqual(["target"]);
  });

  it("that lead nowhere get their target", async () => {
    await symlink("missing", at("link"));
    await writeContent(at("link"), "new");
    expect(await readlink(at("link"))).toBe("missing");
    expect(await readFile(at("missing"), "utf8")).toBe("new");
  });

  it("are followed from a folder that is a link itself", async () => {
    await mkdir(at("deep"));
    await mkdir(at("deep", "real"));
    await writeFile(at("deep", "target"), "old");
    await symlink(join("..", "target"), at("deep", "real", "link"));
    await symlink(join("deep", "real"), at("way"));
    await writeContent(at("way", "link"), "new");
    expect(await readFile(at("deep", "target"), "utf8")).toBe("new");
  });
});

describe("pipes and devices", () => {
  it("are written through", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const reader = spawn("cat", [at("pipe")]);
    const hash = createHash("sha256");
    reader.stdout.on("data", (chunk: Buffer) => hash.update(chunk));
    const ended = new Promise((resolve) => reader.on("close", resolve));
    const content = Buffer.alloc(3_000_000, "no pipe holds so much. ");
    await writeContent(at("pipe"), content);
    await ended;
    expect(hash.digest("hex")).toBe(createHash("sha256").update(content).digest("hex"));
    expect((await lstat(at("pipe"))).isFIFO()).toBe(true);
    expect(await readdir(folder)).toEqual(["pipe"]);
  });

  it("wait for a reader without keeping anything else from being done", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const written = writeContent(at("pipe"), "at last");
    // More than the threads that Node has: none may hang in the pipe.
    for (let i = 0; i < 8; i++) await writeContent(at(`other${i}`), "");
    const { stdout } = spawn("cat", [at("pipe")]);
    let read = "";
    stdout.setEncoding("utf8").on("data", (text: string) => (read += text));
    const ended = new Promise((resolve) => stdout.on("end", resolve));
    await written;
    await ended;
    expect(read).toBe("at last");
  });

  it("stay devices", async () => {
    await symlink("/dev/null", at("null"));
    await writeContent(at("null"), "new");
    expect((await stat(at("null"))).isCharacterDevice()).toBe(true);
  });

  it.runIf(process.platform === "linux")("may be full", async () => {
    await expect(writeContent("/dev/full", "new")).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(
        /^\/dev\/full could not be written: the disk is full; [^\n]+$/,
      ),
    });
  });
});

describe("what cannot be written", () => {
  const refused = async (path: string, reason: RegExp) => {
    const before = await readdir(folder);
    await expect(writeContent(path, "new")).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(
        new RegExp(`could not be written: ${reason.source}; [^\\n]+; nothing was left behind\\.$`),
      ),
    });
    expect(await readdir(folder)).toEqual(before);
  };

  it("is a folder", async () => {
    await mkdir(at("taken"));
    await symlink("taken", at("link"));
    await refused(at("taken"), /a folder has this name/);
    await refused(at("link"), /a folder has this name/);
    await refused(`${at("new")}/`, /a folder has this name/);
  });

  it("lies in no folder", async () => {
    await writeFile(at("file"), "");
    await symlink(join("no", "a"), at("link"));
    await refused(at("no", "a"), /its folder does not exist/);
    await refused(at("file", "a"), /its folder does not exist/);
    await refused(at("link"), /its folder does not exist/);
  });

  it("goes round in a circle", async () => {
    await symlink("b", at("a"));
    await symlink("a", at("b"));
    await refused(at("a"), /its symbolic links go round in a circle/);
  });

  it("has too long a name", () => refused(at("x".repeat(256)), /its name is too long/));

  it("may not be written", async () => {
    await chmod(folder, 0o777);
    await mkdir(at("locked"), { mode: 0o755 });
    await writeFile(at("fixed"), "old", { mode: 0o444 });
    // The superuser may write everything, and becomes somebody else first.
    const program = await childProgram(
      folder,
      `
      import { writeContent } from "./src/files/writeWholeFile.ts";
      if (process.getuid?.() === 0) {
        process.setgroups?.([]);
        process.setgid?.(65534);
        process.setuid?.(65534);
      } else require("node:fs").chmodSync(process.argv[2], 0o555);
      async function main() {
        for (const path of process.argv.slice(2)) {
          await writeContent(path + (path.endsWith("locked") ? "/new" : ""), "new").catch((e) => console.log(e.code, e.message));
        }
      }
      void main();
      `,
    );
    const { output, errors } = await startChild(program, at("locked"), at("fixed")).ended;
    expect(errors).toBe("");
    const reason = "permission to write there is denied; choose another place";
    expect(output.split("\n")).toEqual([
      `file-access ${at("locked", "new")} could not be written: ${reason}; nothing was left behind.`,
      `file-access ${at("fixed")} could not be written: ${reason}; nothing was left behind.`,
      "",
    ]);
    expect(await readFile(at("fixed"), "utf8")).toBe("old");
    expect(await readdir(at("locked"))).toEqual([]);
  });
});

describe("inputs", () => {
  const inputs =
    (...names: string[]) =>
    () =>
      names.map((name) => at(name));
  const kept = async (name: string, write: Promise<void>) => {
    await expect(write).rejects.toMatchObject({ code: "usage" });
    expect(await readFile(at(name), "utf8")).toBe("precious");
    expect((await readdir(folder)).filter((each) => each.includes("partial"))).toEqual([]);
  };

  beforeEach(() => writeFile(at("input"), "precious"));

  it("are not written over, whatever they are called", async () => {
    await link(at("input"), at("hard"));
    await symlink("input", at("soft"));
    await mkdir(at("sub"));
    for (const name of ["input", "hard", "soft", join("sub", "..", "input")]) {
      await kept("input", writeContent(at(name), "new", inputs("input")));
      await kept("input", writeContent(at("input"), "new", inputs(name)));
    }
    await writeContent(at("other"), "new", inputs("input", "missing"));
  });

  it("that become known while writing are not written over either", async () => {
    const known: string[] = [];
    const write = writeWholeFile(
      at("input"),
      async (append) => {
        await append("new");
        known.push(at("input"));
      },
      () => known,
    );
    await kept("input", write);
  });

  it("that are folders take no output, through links neither", async () => {
    await mkdir(at("array.zarr", "c"), { recursive: true });
    await symlink(at("array.zarr"), at("way"));
    for (const name of [
      ["array.zarr", "0.0"],
      ["array.zarr", "c", "out.npy"],
      ["way", "c", "0"],
    ]) {
      const write = writeContent(at(...name), "new", inputs("array.zarr"));
      await expect(write).rejects.toThrow(/lies in .*array\.zarr, which is read/);
      await expect(writeContent(at(...name), "new", inputs("way"))).rejects.toThrow(/lies in/);
    }
    expect(await readdir(at("array.zarr"))).toEqual(["c"]);
    await writeContent(at("array.zarr.npy"), "new", inputs("array.zarr"));
  });
});

describe("half-written files", () => {
  const partial = (space: string, pid: number) => `.eigenlens-${space}-${pid}-0123456789ab.partial`;

  it("of processes that ended are swept, of others are not", async () => {
    const ended = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => ended.on("close", resolve));
    const gone = ended.pid ?? 0;
    const names = [
      partial(processSpace, process.ppid),
      partial(processSpace, process.pid),
      partial("ffffffff", gone),
      `.mine-${gone}.partial`,
    ];
    for (const name of [...names, partial(processSpace, gone)]) await writeFile(at(name), "");
    await writeContent(at("a"), "new");
    expect((await readdir(folder)).sort()).toEqual(["a", ...names].sort());
  });
});
