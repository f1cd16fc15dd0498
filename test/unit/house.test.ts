import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const code = ["src", "extension", "webview"];
const mostFiles = 20;
const mostLines = 300;
/** Made by a program, each of one long line. */
const made = /\/generated$/;

interface Folder {
  readonly path: string;
  readonly files: readonly string[];
}

/** A folder and all below it, each with the files that are its own. */
function foldersOf(path: string): Folder[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  return [{ path, files }, ...below.flatMap(foldersOf)];
}

const folders = code.flatMap(foldersOf).filter(({ path }) => !made.test(path));

describe("what a newcomer reads is small", () => {
  it("no folder holds more files of its own than one takes in", () => {
    expect(folders.length).toBeGreaterThan(100);
    expect(folders.filter(({ files }) => files.length > mostFiles)).toEqual([]);
  });

  it("nor is a file too long, those that ESLint does not read included", () => {
    const files = folders.flatMap(({ path, files: own }) => own.map((name) => join(path, name)));
    const sources = files.filter((name) => /\.(ts|mjs|css)$/.test(name));
    expect(sources.length).toBeGreaterThan(600);
    const long = sources.filter((name) => {
      const lines = readFileSync(name, "utf8").split("\n").length - 1;
      return lines > mostLines;
    });
    expect(long).toEqual([]);
  });
});
