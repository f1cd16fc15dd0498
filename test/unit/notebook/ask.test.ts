import { describe, expect, it } from "vitest";
import { askKernel, NoAnswer } from "../../../src/notebook/ask.ts";
import { requestCode } from "../../../src/notebook/requests.ts";
import { output, scriptedKernel, stdout } from "./scriptedKernel.ts";

const never = new AbortController().signal;
const list = { kind: "list" } as const;

describe("what a kernel is asked", () => {
  it("reaches Python as data of ASCII, whatever a variable is called", () => {
    const metadata = { notebook: `"} ; import os # \u2028 é` };
    const code = requestCode({ kind: "digest", name: "größe", metadata }, "mark");
    expect(code).toMatch(
      /^exec\("[\x20-\x7e]*", \{"namespace": globals\(\), "request": "[\x20-\x7e]*"\}\)$/,
    );
    expect(code.split("\n")).toHaveLength(1);
  });

  it.each([
    "",
    "a b",
    "a.b",
    "a[0]",
    "1a",
    "a;b",
    "a\n",
    "a)",
    "__import__('os')",
    "a".repeat(300),
  ])("is refused if %j is to be a variable", (name) => {
    expect(() => requestCode({ kind: "digest", name, metadata: {} }, "mark")).toThrow(
      "is no name of a variable in Python",
    );
  });
});

describe("an answer", () => {
  it("is found between other outputs, in whatever pieces it comes", async () => {
    const kernel = scriptedKernel(({ mark }) => {
      const line = `noise\n${mark}{"variables":[],"text":"ü"}\nmore noise`;
      return [
        output("warning", "application/vnd.code.notebook.stderr"),
        ...[...line].map((c) => output(c)),
      ];
    });
    expect(await askKernel(kernel, list, never)).toEqual({ variables: [], text: "ü" });
  });

  it("that was printed earlier, by somebody else, does not count", async () => {
    const kernel = scriptedKernel(() => [output('eigenlens-0011223344556677:{"variables":[]}\n')]);
    await expect(askKernel(kernel, list, never)).rejects.toBeInstanceOf(NoAnswer);
  });

  it.each([
    ["nothing", []],
    ["half a line", [output("eigenlens-")]],
    ["pictures", [output("png", "image/png")]],
  ])("that is %s is told as none, and what to do", async (_, outputs) => {
    const asking = askKernel(
      scriptedKernel(() => outputs),
      list,
      never,
    );
    await expect(asking).rejects.toThrow("Jupyter: Manage Access To Jupyter Kernels");
  });

  it("may be an error of Python, told in one line", async () => {
    const failed = scriptedKernel(({ mark }) => [
      output(`${mark}{"error":"MemoryError: no\\nroom"}\n`),
    ]);
    await expect(askKernel(failed, list, never)).rejects.toMatchObject({
      code: "condition",
      message: expect.stringMatching(/^Python in walk\.ipynb .*MemoryError: no.*$/) as string,
    });
    const error = JSON.stringify({ name: "KeyboardInterrupt", message: "", stack: "deep" });
    const stopped = scriptedKernel(() => [output(error, "application/vnd.code.notebook.error")]);
    await expect(askKernel(stopped, list, never)).rejects.toThrow("KeyboardInterrupt");
  });
});

describe("a kernel that cannot be used", () => {
  const failing = (error: Error) =>
    scriptedKernel(() => {
      throw error;
    });

  it("since the user did not allow it, is told as such", async () => {
    const revoked = Object.assign(new Error("no"), { name: "vscode.jupyter.apiAccessRevoked" });
    await expect(askKernel(failing(revoked), list, never)).rejects.toThrow(
      "Eigenlens may not use the kernel of walk.ipynb",
    );
  });

  it("since it ended, is told with its reason", async () => {
    await expect(askKernel(failing(new Error("Kernel is dead")), list, never)).rejects.toThrow(
      "The kernel of walk.ipynb cannot be used (Kernel is dead)",
    );
  });

  it("is none if the user gave up", async () => {
    const asking = askKernel(failing(new Error("interrupted")), list, AbortSignal.abort());
    await expect(asking).rejects.toMatchObject({ code: "cancelled" });
  });

  it("is asked no longer if it never stops talking", async () => {
    const chatty = scriptedKernel(function* () {
      for (;;) yield output("x".repeat(2 ** 20), stdout);
    });
    await expect(askKernel(chatty, list, never)).rejects.toBeInstanceOf(NoAnswer);
  });
});
