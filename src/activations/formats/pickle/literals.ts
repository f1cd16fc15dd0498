import type { Cursor } from "./cursor.ts";
import type { PickleValue } from "./values.ts";

/**
 * The number, text or bytes that an opcode brings with it; undefined if it is another kind of opcode.
 * @throws PickleEnd if the bytes end first
 */
export function readLiteral(opcode: string, cursor: Cursor): PickleValue | undefined {
  switch (opcode) {
    case "N":
      return null;
    case "\x88":
      return true;
    case "\x89":
      return false;
    case "K":
      return cursor.uint8();
    case "M":
      return cursor.uint16();
    case "J":
      return cursor.int32();
    case "\x8a":
      return cursor.integer(cursor.uint8());
    case "\x8b":
      return cursor.integer(cursor.uint32());
    case "G":
      return cursor.float64();
    case "I": {
      const line = cursor.line();
      return line === "01" ? true : line === "00" ? false : Number(line);
    }
    case "L":
      return Number(cursor.line().replace(/L$/, ""));
    case "F":
      return Number(cursor.line());
    case "X":
      return cursor.text(cursor.uint32());
    case "\x8c":
      return cursor.text(cursor.uint8());
    case "\x8d":
      return cursor.text(cursor.uint64());
    case "U":
      return cursor.text(cursor.uint8());
    case "T":
      return cursor.text(cursor.uint32());
    case "C":
      return cursor.bytes(cursor.uint8());
    case "B":
      return cursor.bytes(cursor.uint32());
    case "\x8e":
    case "\x96":
      return cursor.bytes(cursor.uint64());
    case "S":
      return cursor.line().replace(/^(['"])(.*)\1$/s, "$2");
    case "V":
      return cursor.line();
    default:
      return undefined;
  }
}
