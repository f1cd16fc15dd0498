// Our own reader, because no package reads a pickle without the notion of calling what it names; this one
// has no such notion. It follows the opcodes of Python's pickletools, protocols 0 to 5, and builds inert data.
import { Cursor, PickleEnd } from "./cursor.ts";
import { readLiteral } from "./literals.ts";
import {
  PickleCall,
  PickleGlobal,
  PickleMapping,
  PicklePersistent,
  PickleSequence,
  type PickleValue,
} from "./values.ts";

/** Thrown where the bytes are no pickle that this reader knows; the message goes into the user's line. */
export class PickleFault extends Error {}

/** More than any list of tensors needs; each opcode may make one object. */
const mostOpcodes = 20_000_000;

/**
 * Reads one pickle.
 * @returns its value and where the next byte after it lies
 * @throws PickleEnd where the bytes end first, PickleFault where they make no sense
 */
export function readPickleValue(
  bytes: Uint8Array,
  start: number,
): { value: PickleValue; end: number } {
  const machine = new PickleMachine(new Cursor(bytes, start));
  return machine.run();
}

export { PickleEnd };

class PickleMachine {
  readonly #cursor: Cursor;
  #stack: PickleValue[] = [];
  readonly #marks: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  run(): { value: PickleValue; end: number } {
    for (let count = 0; count < mostOpcodes; count++) {
      const opcode = String.fromCharCode(this.#cursor.uint8());
      if (opcode === ".") return { value: this.#pop(), end: this.#cursor.position };
      const known =
        this.#pushLiteral(opcode) ||
        this.#pushContainer(opcode) ||
        this.#fill(opcode) ||
        this.#name(opcode) ||
        this.#remember(opcode);
      if (!known) {
        const code = opcode.charCodeAt(0).toString(16).padStart(2, "0");
        throw new PickleFault(`opcode 0x${code} at byte ${this.#cursor.position - 1} is not known`);
      }
    }
    throw new PickleFault(`it has more than ${mostOpcodes} instructions`);
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw new PickleFault("its stack runs empty");
    return value;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new PickleFault("its stack runs empty");
    return value;
  }

  #popToMark(): PickleValue[] {
    const items = this.#stack;
    const before = this.#marks.pop();
    if (before === undefined) throw new PickleFault("a mark is missing");
    this.#stack = before;
    return items;
  }

  #pushLiteral(opcode: string): boolean {
    const value = readLiteral(opcode, this.#cursor);
    return value !== undefined && this.#push(value);
  }

  #pushContainer(opcode: string): boolean {
    switch (opcode) {
      case "]":
      case ")":
      case "\x8f":
        return this.#push(new PickleSequence());
      case "}":
        return this.#push(new PickleMapping());
      case "l":
      case "t":
      case "\x91":
        return this.#push(new PickleSequence(this.#popToMark()));
      case "d": {
        const mapping = new PickleMapping();
        this.#setItems(mapping, this.#popToMark());
        return this.#push(mapping);
      }
      case "\x85":
      case "\x86":
      case "\x87": {
        const length = opcode.charCodeAt(0) - 0x84;
        if (this.#stack.length < length) throw new PickleFault("its stack runs empty");
        return this.#push(new PickleSequence(this.#stack.splice(-length)));
      }
      case "(":
        this.#marks.push(this.#stack);
        this.#stack = [];
        return true;
      case "0":
        if (this.#stack.length > 0) this.#stack.pop();
        else this.#popToMark();
        return true;
      case "1":
        this.#popToMark();
        return true;
      case "2":
        return this.#push(this.#top());
      default:
        return false;
    }
  }

  #fill(opcode: string): boolean {
    switch (opcode) {
      case "a":
        this.#append([this.#pop()]);
        return true;
      case "e":
      case "\x90":
        this.#append(this.#popToMark());
        return true;
      case "s": {
        const value = this.#pop();
        const key = this.#pop();
        this.#setItems(this.#top(), [key, value]);
        return true;
      }
      case "u": {
        const items = this.#popToMark();
        this.#setItems(this.#top(), items);
        return true;
      }
      case "b": {
        const state = this.#pop();
        const object = this.#top();
        if (object instanceof PickleCall) object.state = state;
        return true;
      }
      default:
        return false;
    }
  }

  #append(items: readonly PickleValue[]): void {
    const target = this.#top();
    const into =
      target instanceof PickleSequence
        ? target.items
        : target instanceof PickleCall
          ? target.appended
          : undefined;
    if (into === undefined) throw new PickleFault("items are appended to what is no list");
    for (const item of items) into.push(item);
  }

  #setItems(target: PickleValue, items: readonly PickleValue[]): void {
    const mapping = target instanceof PickleCall ? target.contents : target;
    if (!(mapping instanceof PickleMapping) || items.length % 2 !== 0) {
      throw new PickleFault("items are set in what is no dictionary");
    }
    for (let i = 0; i < items.length; i += 2) {
      mapping.entries.push([items[i] ?? null, items[i + 1] ?? null]);
    }
  }

  /** Names of classes and functions, and what would be done with them. */
  #name(opcode: string): boolean {
    const cursor = this.#cursor;
    switch (opcode) {
      case "c":
        return this.#push(new PickleGlobal(cursor.line(), cursor.line()));
      case "\x93": {
        const name = this.#pop();
        return this.#push(new PickleGlobal(String(this.#pop()), String(name)));
      }
      case "R":
      case "\x81": {
        const parameters = itemsOf(this.#pop());
        return this.#push(new PickleCall(this.#pop(), parameters));
      }
      case "\x92": {
        this.#pop();
        const parameters = itemsOf(this.#pop());
        return this.#push(new PickleCall(this.#pop(), parameters));
      }
      case "i": {
        const callee = new PickleGlobal(cursor.line(), cursor.line());
        return this.#push(new PickleCall(callee, this.#popToMark()));
      }
      case "o": {
        const [callee = null, ...parameters] = this.#popToMark();
        return this.#push(new PickleCall(callee, parameters));
      }
      case "P":
        return this.#push(new PicklePersistent(cursor.line()));
      case "Q":
        return this.#push(new PicklePersistent(this.#pop()));
      default:
        return false;
    }
  }

  #remember(opcode: string): boolean {
    const cursor = this.#cursor;
    switch (opcode) {
      case "\x80":
        cursor.uint8();
        return true;
      case "\x95":
        cursor.uint64();
        return true;
      case "q":
        return this.#put(cursor.uint8());
      case "r":
        return this.#put(cursor.uint32());
      case "p":
        return this.#put(Number(cursor.line()));
      case "\x94":
        return this.#put(this.#memo.size);
      case "h":
        return this.#get(cursor.uint8());
      case "j":
        return this.#get(cursor.uint32());
      case "g":
        return this.#get(Number(cursor.line()));
      default:
        return false;
    }
  }

  #put(key: number): true {
    this.#memo.set(key, this.#top());
    return true;
  }

  #get(key: number): true {
    const value = this.#memo.get(key);
    if (value === undefined) throw new PickleFault(`memo ${key} is empty`);
    return this.#push(value);
  }
}

function itemsOf(value: PickleValue): readonly PickleValue[] {
  return value instanceof PickleSequence ? value.items : [value];
}
