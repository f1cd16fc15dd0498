import { describe, expect, it } from "vitest";
import { decodeLatin1, startsWith } from "../../../src/activations/latin1.ts";

describe("Latin-1", () => {
  it("makes each byte the character of its number", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const text = decodeLatin1(bytes);
    expect([...text].map((character) => character.charCodeAt(0))).toEqual([...bytes]);
  });

  it("compares signatures as bytes", () => {
    const bytes = Uint8Array.from([0, 0x89, 0x48, 0x44, 0x46]);
    expect(startsWith(bytes, "\x89HDF", 1)).toBe(true);
    expect(startsWith(bytes, "\x89HDF")).toBe(false);
    expect(startsWith(bytes, "\x89HDF\r", 1)).toBe(false);
  });
});
