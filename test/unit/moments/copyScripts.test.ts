import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyScripts, daskScripts, momentsScripts } from "../../../src/moments/copyScripts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-copy-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [name] = momentsScripts;
const never = () => Promise.reject(new Error("Nothing was to be replaced."));

describe("scripts that are copied", () => {
  it("are those that come along, and asking twice changes nothing", async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await copyScripts(daskScripts, "python", folder, never)).toBe(true);
    }
    expect((await readdir(folder)).sort()).toEqual([...daskScripts].sort());
    expect(await readFile(join(folder, name))).toEqual(await readFile(join("python", name)));
  });

  it("replace a file of the user's only after a yes", async () => {
    await writeFile(join(folder, name), "mine");
    const asked: string[] = [];
    const answer = (yes: boolean) => (path: string) => {
      asked.push(path);
      return Promise.resolve(yes);
    };
    expect(await copyScripts(daskScripts, "python", folder, answer(false))).toBe(false);
    expect(await readFile(join(folder, name), "utf8")).toBe("mine");
    expect(await readdir(folder)).toEqual([name]);
    expect(await copyScripts(momentsScripts, "python", folder, answer(true))).toBe(true);
    expect(await readFile(join(folder, name))).toEqual(await readFile(join("python", name)));
    expect(asked).toEqual([join(folder, name), join(folder, name)]);
  });

  it("refuse a folder of their name in one line, and one that is missing", async () => {
    await mkdir(join(folder, name));
    const onto = copyScripts(momentsScripts, "python", folder, never);
    await expect(onto).rejects.toThrow(/cannot be read .*choose a folder of your own/);
    const into = copyScripts(momentsScripts, "python", join(folder, "absent"), never);
    await expect(into).rejects.toMatchObject({ code: "file-access" });
  });
});
