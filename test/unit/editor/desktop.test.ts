import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDesktop } from "../../editor/desktop.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eigenlens-desktop-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of this path below the folder, and the PATH on which it is. */
function program(path: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, "#!/bin/sh\n");
  chmodSync(full, 0o755);
  return dirname(full);
}

describe.skipIf(process.platform === "win32")("findDesktop", () => {
  it("finds code on PATH where it can show a window", () => {
    const PATH = `${join(folder, "none")}:${program("bin/code")}`;
    const code = join(folder, "bin", "code");
    expect(findDesktop({ PATH, DISPLAY: ":0" }, "linux")).toEqual({ code });
    expect(findDesktop({ PATH, WAYLAND_DISPLAY: "wayland-0" }, "linux")).toEqual({ code });
    expect(findDesktop({ PATH }, "darwin")).toEqual({ code });
  });

  it("says why it finds none", () => {
    const reason = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = "linux") => {
      const found = findDesktop({ DISPLAY: ":0", ...environment }, platform);
      return "reason" in found ? found.reason : "found";
    };
    expect(reason({ PATH: join(folder, "none") })).toBe('"code" is not on PATH');
    expect(reason({ PATH: "" })).toBe('"code" is not on PATH');
    const PATH = program("bin/code");
    expect(reason({ PATH, DISPLAY: undefined })).toMatch(/has no display here$/);
    expect(reason({ PATH, SSH_CONNECTION: "1 2 3 4" }, "darwin")).toMatch(/has no display here$/);
    expect(reason({ PATH, VSCODE_IPC_HOOK_CLI: "/tmp/x" })).toMatch(/on another machine$/);
    expect(reason({ PATH, WSL_DISTRO_NAME: "Debian" })).toMatch(/on another machine$/);
  });

  it("does not take the command of a server's terminal for it, by a link neither", () => {
    const server = program("lib/code-server/lib/vscode/bin/remote-cli/code");
    const linked = join(folder, "links");
    mkdirSync(linked);
    symlinkSync(join(server, "code"), join(linked, "code"));
    for (const PATH of [server, linked]) {
      expect(findDesktop({ PATH, DISPLAY: ":0" }, "linux")).toEqual({
        reason: `${join(PATH, "code")} belongs to a server`,
      });
    }
  });
});
