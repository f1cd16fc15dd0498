import { Command } from "commander";
import { expect, it } from "vitest";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "../../../src/commandLine/gedFlags.ts";

function keepOf(...flags: string[]) {
  const command = addGedFlags(new Command()).exitOverride().parse(flags, { from: "user" });
  return gedOptionsFrom(command.opts<GedFlags>()).keep;
}

it("keeps a share, at most so many components, or exactly so many", () => {
  expect(keepOf()).toEqual({ share: 0.99 });
  expect(keepOf("--variance", "0.9", "--at-most", "5")).toEqual({ share: 0.9, atMost: 5 });
  expect(keepOf("--components", "5")).toEqual({ count: 5 });
});

it("refuses an exact number beside a limit, in one line", () => {
  expect(() => keepOf("--components", "5", "--at-most", "9")).toThrow(/leave one of them out/);
});
