import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { writeNpy } from "../../../src/activations/writeNpy.ts";
import { writeWholeFile } from "../../../src/files/writeWholeFile.ts";
import { Cancellation } from "../../../src/cancellation.ts";
import type { FileSystem } from "../../../src/activations/byteSource.ts";
import { Engine } from "../../../src/engine/engine.ts";
import type { EngineCall } from "../../../src/engine/engineCall.ts";
import { defaultGedOptions } from "../../../src/ged/method/options.ts";
import { randomRows } from "../../support/random.ts";

const engine = new Engine(nodeFileSystem);
afterAll(() => engine.dispose());

let folder: string;
let target: string;
let reference: string;

/** Enough rows that they are read in several blocks. */
const rows = 6000;
const columns = 256;

const drawn = [1, 2].map((seed) =>
  randomRows(rows, columns, seed, (column) => 0.98 ** column).flat(),
);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eigenlens-faults-"));
  target = await write("target", 1);
  reference = await write("reference", 2);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(name: string, seed: number): Promise<string> {
  const path = join(folder, `${name}.npy`);
  const values = drawn[seed - 1];
  await writeNpy(path, {
    elementType: "float32",
    shape: [rows, columns],
    readRows: (start, stop, destination) => {
      destination.set(values.slice(start * columns, stop * columns));
      return Promise.resolve();
    },
  });
  return path;
}

/** A call that does something at its nth report. */
function callWith(at: number, action: (call: EngineCall) => void): EngineCall {
  let seen = 0;
  const call: EngineCall = {
    cancellation: new Cancellation(),
    report: () => {
      if (seen++ === at) action(call);
    },
  };
  return call;
}

function run(call: EngineCall) {
  const request = {
    target: { path: target },
    reference: { path: reference },
    options: defaultGedOptions,
  };
  return engine.run(request, call);
}

/** Handles that this process holds on files of the test's folder (told by Linux only). */
function openHandles(): string[] {
  if (!existsSync("/proc/self/fd")) return [];
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const name = readlinkSync(`/proc/self/fd/${fd}`);
      return name.startsWith(folder) ? [name] : [];
    } catch {
      return [];
    }
  });
}

describe("a run whose files do not stay as they are", () => {
  it.each([
    {
      name: "is cut short",
      harm: () => truncateSync(reference, 1000),
      message: /reference\.npy changed while it was read/,
    },
    {
      name: "vanishes",
      harm: () => unlinkSync(reference),
      message: /reference\.npy(: there is no such file| vanished while it was read)/,
    },
    {
      name: "is touched",
      harm: () => utimesSync(target, new Date("2040-01-01"), new Date("2040-01-01")),
      message: /target\.npy changed while it was read, so its rows may be of two versions/,
    },
  ])("says so where one $name, and leaves nothing open", async ({ harm, message }) => {
    await expect(run(callWith(0, harm))).rejects.toThrow(message);
    expect(openHandles()).toEqual([]);
    target = await write("target", 1);
    reference = await write("reference", 2);
    const { summary } = await run(callWith(-1, () => undefined));
    expect(summary.directions.forward.eigenvalues.length).toBe(summary.compression.components);
  });
});

describe("a run of folders", () => {
  const [rowCount, columnCount] = [40, 4];
  const later = new Date("2040-01-01");

  /** One chunk, not packed. */
  function writeZarr(name: string, seed: number): string {
    const path = join(folder, name);
    mkdirSync(path);
    const shape = [rowCount, columnCount];
    const metadata = { zarr_format: 2, shape, chunks: shape, dtype: "<f8", order: "C" };
    const rest = { compressor: null, filters: null, fill_value: 0 };
    writeFileSync(join(path, ".zarray"), JSON.stringify({ ...metadata, ...rest }));
    const values = Float64Array.from(randomRows(rowCount, columnCount, seed, () => 1).flat());
    writeFileSync(join(path, "0.0"), new Uint8Array(values.buffer));
    return path;
  }

  /** Touches a file as soon as it has been read. */
  function touching(touched: string): FileSystem {
    return {
      ...nodeFileSystem,
      async open(path) {
        const source = await nodeFileSystem.open(path);
        const close = async () => {
          await source.close();
          if (path === touched) utimesSync(path, later, later);
        };
        return { ...source, close };
      },
    };
  }

  it.each([".zarray", "0.0", ""])("says so where %j in one changes", async (name) => {
    const sources = {
      target: { path: writeZarr("target.zarr", 1) },
      reference: { path: writeZarr("reference.zarr", 2) },
    };
    const touched = join(sources.reference.path, name);
    const watched = new Engine(name === "" ? nodeFileSystem : touching(touched));
    const request = { ...sources, options: defaultGedOptions };
    const action = () => name === "" && utimesSync(touched, later, later);
    const message = `${touched} changed while it was read`;
    await expect(watched.run(request, callWith(0, action))).rejects.toThrow(message);
    utimesSync(touched, new Date("2030-01-01"), new Date("2030-01-01"));
    await expect(watched.summarize(request, callWith(0, action))).rejects.toThrow(message);
    await watched.dispose();
  });
});

describe("a run that is cancelled", () => {
  it("stops at whatever step it is, leaves nothing open, and the next one finds what it always would", async () => {
    let reports = 0;
    const counting: EngineCall = {
      cancellation: new Cancellation(),
      report: () => {
        reports += 1;
      },
    };
    const whole = await run(counting);
    expect(reports).toBeGreaterThan(4);
    for (let at = 0; at < reports; at += 1) {
      const cancelling = callWith(at, (call) => call.cancellation.request());
      await expect(run(cancelling)).rejects.toMatchObject({ code: "cancelled" });
      expect(openHandles()).toEqual([]);
    }
    const again = await run(callWith(-1, () => undefined));
    // Which thread adds what first is not settled, so the last digits may differ.
    again.summary.directions.forward.eigenvalues.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.summary.directions.forward.eigenvalues[i], 10);
    });
  });
});

describe("a disk that takes no more", () => {
  // What a process may write to one file is limited by the shell, so that the system itself refuses.
  it.skipIf(process.platform === "win32")(
    "is told in one line, and nothing half-written stays",
    async () => {
      const out = join(folder, "run.ged.safetensors");
      const words = [join("dist", "cli.js"), "run", target, reference, "--out", out];
      const limited = spawn("bash", [
        "-c",
        `ulimit -f 16; exec "$0" "$@"`,
        process.execPath,
        ...words,
      ]);
      let errors = "";
      limited.stderr.on("data", (text: Buffer) => (errors += text.toString()));
      const code = await new Promise((resolve) => limited.on("close", resolve));
      expect(code).toBe(1);
      expect(errors.trim().split("\n")).toHaveLength(1);
      expect(errors).toContain(
        "run.ged.safetensors could not be written: the file would be larger",
      );
      expect(readdirSync(folder).sort()).toEqual(["reference.npy", "target.npy"]);
    },
  );

  it.each([
    ["ENOSPC", "the disk is full"],
    ["EROFS", "the disk is read-only"],
    ["EIO", "input/output error"],
  ])("has plain words for %s", async (code, words) => {
    const path = join(folder, "out.npy");
    const refusing = writeWholeFile(path, () =>
      Promise.reject(Object.assign(new Error("input/output error"), { code })),
    );
    await expect(refusing).rejects.toThrow(words);
    expect(readdirSync(folder).sort()).toEqual(["reference.npy", "target.npy"]);
  });
});
