import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { activationExtensions } from "../../../extension/activations/fileTypes.ts";
import manifest from "../../../package.json" with { type: "json" };
import texts from "../../../package.nls.json" with { type: "json" };

const text = readFileSync("package.json", "utf8");

describe("the manifest", () => {
  it("has a text for every key, and no text without use", () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    expect([...used].filter((key) => !(key !== undefined && key in texts))).toEqual([]);
    expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
  });

  it("offers menu and key on exactly the endings that the Activations view lists", () => {
    const conditions = [
      ...manifest.contributes.menus["explorer/context"],
      ...manifest.contributes.keybindings,
    ].map(({ when }) => when);
    const endings = conditions.flatMap((when) => /\(([\w|]+)\)\$\/i/.exec(when)?.[1] ?? []);
    expect(endings.length).toBeGreaterThan(5);
    for (const each of endings) expect(each.split("|")).toEqual([...activationExtensions]);
  });

  it("puts only declared commands into menus and onto keys", () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const { menus, keybindings } = manifest.contributes;
    const inMenus = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    expect(inMenus.filter((command) => !declared.has(command))).toEqual([]);
  });

  it("gives every command the category and a palette that is not cluttered", () => {
    for (const command of manifest.contributes.commands) expect(command.category).toBe("Eigenlens");
    const gated = new Set(manifest.contributes.menus.commandPalette.map(({ command }) => command));
    const open = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((command) => !gated.has(command));
    expect(open).toContain("eigenlens.runSeparation");
    expect(open).not.toContain("eigenlens.cancelRun");
  });
});

describe("what the registries show", () => {
  it("has an icon of at least 128 by 128 pixels", () => {
    const png = readFileSync(manifest.icon);
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBe(height);
    expect(width).toBeGreaterThanOrEqual(128);
  });

  it("says where to look, ask and report, what it costs and what it is about", () => {
    const home = "https://github.com/eigenlens/eigenlens";
    expect(manifest.repository).toEqual({ type: "git", url: `${home}.git` });
    for (const url of [manifest.bugs.url, manifest.qna, manifest.homepage]) {
      expect(url.startsWith(home)).toBe(true);
    }
    expect(manifest.pricing).toBe("Free");
    expect(manifest.license).toBe("MIT");
    // The most that the Marketplace takes.
    expect(manifest.keywords.length).toBeLessThanOrEqual(30);
    expect(manifest.galleryBanner.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(["dark", "light"]).toContain(manifest.galleryBanner.theme);
  });

  it("is compiled against the oldest Node that it runs on", () => {
    const oldest = /^>=(\d+)/.exec(manifest.engines.node)?.[1];
    expect(manifest.devDependencies["@types/node"]).toMatch(new RegExp(`^\\^${oldest}\\.`));
    expect(readFileSync("esbuild.mjs", "utf8")).toContain(`target: "node${oldest}"`);
  });

  it("has the version that the changelog tells of last and that is cited", () => {
    const { version } = manifest;
    const lock = readFileSync("package-lock.json", "utf8");
    expect((JSON.parse(lock) as { version: string }).version).toBe(version);
    const changes = readFileSync("CHANGELOG.md", "utf8");
    const [, told, date] = /^## \[([\d.]+)\] - (\S+)$/m.exec(changes) ?? [];
    expect(told).toBe(version);
    const citation = readFileSync("CITATION.cff", "utf8");
    expect(/^version: (\S+)$/m.exec(citation)?.[1]).toBe(version);
    expect(/^date-released: (\S+)$/m.exec(citation)?.[1]).toBe(date);
  });
});
