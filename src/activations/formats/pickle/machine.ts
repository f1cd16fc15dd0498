// Our own reader, because no package reads a pickle without the notion of calling what it names; this one
// has no such notion. It follows the opcodes of Python's pickletools, protocols 0 to 5, and builds inert data.
import type { PickleBudget } from "./budget.ts";
import { appendTo, parametersOf, PickleFault, setItems } from "./containers.ts";
import { Cursor, PickleEnd } from "./cursor.ts";
import { readLiteral } from "./literals.ts";
import { literalBytes, memory } from "./objectSizes.ts";
import {
  PickleCall,
  PickleGlobal,
  PickleMapping,
  PicklePersistent,
  PickleSequence,
  type PickleValue,
} from "./values.ts";

/** More than any list of tensors needs. */
const mostOpcodes = 20_000_000;

/** One pickle's value, and what in it refers to bytes elsewhere. */
export interface PickleResult {
  readonly value: PickleValue;
  /** Where the next byte after it lies. */
  readonly end: number;
  /** Everything kept outside the pickle. */
  readonly persistents: readonly PicklePersistent[];
  /** Whole files of torch inside the pickle: `torch.storage._load_from_bytes(bytes)`. */
  readonly embedded: readonly PickleCall[];
}

/**
 * Reads one pickle.
 * @param budget is charged for every object made
 * @throws PickleEnd if the bytes end first, PickleFault if they make no sense, EigenlensError if they make
 *   more than their file warrants
 */
export function readPickleValue(
  bytes: Uint8Array,
  start: number,
  budget: PickleBudget,
): PickleResult {
  const machine = new PickleMachine(new Cursor(bytes, start), budget);
  return machine.run();
}

export { PickleEnd, PickleFault };

class PickleMachine {
  readonly #cursor: Cursor;
  readonly #budget: PickleBudget;
  #stack: PickleValue[] = [];
  readonly #marks: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #persistents: PicklePersistent[] = [];
  readonly #embedded: PickleCall[] = [];

  constructor(cursor: Cursor, budget: PickleBudget) {
    this.#cursor = cursor;
    this.#budget = budget;
  }

  run(): PickleResult {
    for (let count = 0; count < mostOpcodes; count++) {
      const opcode = String.fromCharCode(this.#cursor.uint8());
      if (opcode === ".") {
        const [value, end] = [this.#pop(), this.#cursor.position];
        return { value, end, persistents: this.#persistents, embedded: this.#embedded };
      }
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

  #push(value: PickleValue, bytes = 0): true {
    this.#budget.charge(memory.slot + bytes);
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
    return value !== undefined && this.#push(value, literalBytes(value));
  }

  #pushContainer(opcode: string): boolean {
    switch (opcode) {
      case "]":
      case ")":
      case "\x8f":
        return this.#push(new PickleSequence(), memory.sequence);
      case "}":
        return this.#push(new PickleMapping(), memory.mapping);
      case "l":
      case "t":
      case "\x91":
        return this.#push(new PickleSequence(this.#popToMark()), memory.sequence);
      case "d": {
        const mapping = new PickleMapping();
        this.#setItems(mapping, this.#popToMark());
        return this.#push(mapping, memory.mapping);
      }
      case "\x85":
      case "\x86":
      case "\x87": {
        const length = opcode.charCodeAt(0) - 0x84;
        if (this.#stack.length < length) throw new PickleFault("its stack runs empty");
        return this.#push(new PickleSequence(this.#stack.splice(-length)), memory.sequence);
      }
      case "(":
        this.#budget.charge(memory.sequence);
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
    appendTo(this.#top(), items, this.#budget);
  }

  #setItems(target: PickleValue, items: readonly PickleValue[]): void {
    setItems(target, items, this.#budget);
  }

  /** Names of classes and functions, and what would be done with them. */
  #name(opcode: string): boolean {
    const cursor = this.#cursor;
    switch (opcode) {
      case "c":
        return this.#pushGlobal(cursor.line(), cursor.line());
      case "\x93": {
        const name = this.#pop();
        return this.#pushGlobal(this.#pop(), name);
      }
      case "R":
      case "\x81": {
        const parameters = parametersOf(this.#pop());
        return this.#pushCall(this.#pop(), parameters);
      }
      case "\x92": {
        this.#pop();
        const parameters = parametersOf(this.#pop());
        return this.#pushCall(this.#pop(), parameters);
      }
      case "i": {
        const callee = new PickleGlobal(cursor.line(), cursor.line());
        return this.#pushCall(callee, this.#popToMark());
      }
      case "o": {
        const [callee = null, ...parameters] = this.#popToMark();
        return this.#pushCall(callee, parameters);
      }
      case "P":
        return this.#pushPersistent(cursor.line());
      case "Q":
        return this.#pushPersistent(this.#pop());
      default:
        return false;
    }
  }

  #pushGlobal(module: PickleValue, name: PickleValue): true {
    if (typeof module !== "string" || typeof name !== "string") {
      throw new PickleFault("a class or function is named by no text");
    }
    return this.#push(
      new PickleGlobal(module, name),
      memory.sequence + module.length + name.length,
    );
  }

  #pushCall(callee: PickleValue, parameters: readonly PickleValue[]): true {
    const call = new PickleCall(callee, parameters);
    if (call.name === "torch.storage._load_from_bytes") this.#embedded.push(call);
    return this.#push(call, memory.call);
  }

  #pushPersistent(identifier: PickleValue): true {
    const persistent = new PicklePersistent(identifier);
    this.#persistents.push(persistent);
    return this.#push(persistent, memory.sequence);
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
    this.#budget.charge(memory.memo);
    this.#memo.set(key, this.#top());
    return true;
  }

  #get(key: number): true {
    const value = this.#memo.get(key);
    if (value === undefined) throw new PickleFault(`memo ${key} is empty`);
    return this.#push(value);
  }
}
