import { Command } from "commander";
import { expect, it } from "vitest";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "../../../src/commandLine/gedFlags.ts";

function optionsOf(...flags: string[]) {
  const command = addGedFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(flags, { from: "user" });
  return gedOptionsFrom(command.opts<GedFlags>());
}

function keepOf(...flags: string[]) {
  return optionsOf(...flags).keep;
}

it("keeps a share, at most so many components, or exactly so many", () => {
  expect(keepOf()).toEqual({ share: 0.99 });
  expect(keepOf("--variance", "0.9", "--at-most", "5")).toEqual({ share: 0.9, atMost: 5 });
  expect(keepOf("--components", "5")).toEqual({ count: 5 });
});

it("refuses an exact number beside a limit, in one line", () => {
  expect(() => keepOf("--components", "5", "--at-most", "9")).toThrow(/leave one of them out/);
});

it("takes a shrinkage as a number or by the name of who estimates it", () => {
  expect(optionsOf().shrinkage).toBe(0.01);
  expect(optionsOf("--shrinkage", "0.2").shrinkage).toBe(0.2);
  expect(optionsOf("--shrinkage", "ledoit-wolf").shrinkage).toBe("ledoit-wolf");
  expect(optionsOf("--shrinkage", "oas").shrinkage).toBe("oas");
});

it.each(["", " ", "Oas", "ledoitwolf", "toString", "1e999", "NaN"])(
  "refuses a shrinkage of %j in one line",
  (text) => {
    const refusal = () => optionsOf("--shrinkage", text);
    expect(refusal).toThrow(/is not a number from 0 to 1, ledoit-wolf or oas\.$/);
  },
);
