import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { measured } from "../support/measuredCommand.ts";
import { obeyed } from "../support/hostileNames.ts";

/** Arguments, relative to a copy of the files, and what must come of them. */
interface Attack {
  readonly args: readonly string[];
  readonly want: string;
  readonly why: string;
}

const files = join(__dirname, "data/attacks");
const cases = JSON.parse(readFileSync(join(files, "cases.json"), "utf8")) as readonly Attack[];
/** What the command line may take besides three times its file. */
const spareBytes = 200e6;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attacks-"));
  cpSync(files, folder, { recursive: true });
  symlinkSync("keep.npy", join(folder, "alias.npy"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("hostile and odd inputs", () => {
  const idle = measured("--version").bytes;

  it.each(cases)("$args: $why", ({ args, want }) => {
    const [, first = ""] = args;
    const keep = join(folder, "keep.npy");
    const before = readFileSync(keep);
    const [command = "", ...words] = args;
    const placed = words.map((word) =>
      word.startsWith("--") ? word : join(folder, word === "OUT" ? "output.npy" : word),
    );
    const outcome = measured(command, ...placed);
    expect(outcome.output.replaceAll("\n", "")).not.toMatch(obeyed);
    expect(outcome.message.replaceAll("\n", "")).not.toMatch(obeyed);
    expect(outcome.seconds, "seconds of processor time").toBeLessThan(5);
    const source = join(folder, first.replace(/[#[].*$/s, ""));
    const size = existsSync(source) ? statSync(source).size : 0;
    expect(outcome.bytes - idle, "bytes of memory").toBeLessThan(3 * size + spareBytes);
    const [kind = "", name = ""] = want.split(":");
    switch (kind) {
      case "printable":
        expect(outcome.code).toBe(0);
        break;
      case "bounded":
        break;
      case "error":
      case "bounded-error":
        expect(outcome.code).toBe(1);
        expect(outcome.message.split("\n")).toHaveLength(1);
        expect(outcome.message.length).toBeLessThan(2000);
        break;
      case "kept":
        expect(outcome.code).toBe(1);
        expect(readFileSync(join(folder, name))).toEqual(before);
        break;
      case "link-followed":
        expect(outcome.code).toBe(0);
        expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
        expect(readFileSync(keep)).toEqual(readFileSync(join(folder, "other.npy")));
        break;
      default:
        throw new Error(`An outcome that the test does not know: ${want}`);
    }
  });
});
