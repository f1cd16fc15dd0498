/**
 * What a pickle describes, as inert data. Where Python would call something, there is a {@link PickleCall}
 * that names it: it is looked at, never made.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleMapping
  | PickleGlobal
  | PickleCall
  | PicklePersistent;

/** A list, tuple or set. */
export class PickleSequence {
  readonly items: PickleValue[];

  constructor(items: PickleValue[] = []) {
    this.items = items;
  }
}

/** A dictionary, in the order of its writing. */
export class PickleMapping {
  readonly entries: [key: PickleValue, value: PickleValue][] = [];
}

/** A class or function by its qualified name. */
export class PickleGlobal {
  readonly name: string;

  constructor(module: string, name: string) {
    this.name = `${module}.${name}`;
  }
}

const nothing: readonly PickleValue[] = [];
const noEntries = new PickleMapping();

/** A call that Python would make, with the state and items that it would then hand to the result. */
export class PickleCall {
  readonly callee: PickleValue;
  readonly parameters: readonly PickleValue[];
  state: PickleValue | undefined;
  // Most calls are handed neither, and there may be millions of calls.
  #contents: PickleMapping | undefined;
  #appended: PickleValue[] | undefined;

  constructor(callee: PickleValue, parameters: readonly PickleValue[]) {
    this.callee = callee;
    this.parameters = parameters;
  }

  /** Entries that were set in the result. */
  get contents(): PickleMapping {
    return this.#contents ?? noEntries;
  }

  /** Items that were appended to the result. */
  get appended(): readonly PickleValue[] {
    return this.#appended ?? nothing;
  }

  /** The entries, to be added to. */
  takesEntries(): PickleMapping {
    return (this.#contents ??= new PickleMapping());
  }

  /** The items, to be added to. */
  takesItems(): PickleValue[] {
    return (this.#appended ??= []);
  }

  /** The qualified name of what would be called; undefined if that would be computed. */
  get name(): string | undefined {
    return this.callee instanceof PickleGlobal ? this.callee.name : undefined;
  }
}

/** Something kept outside the pickle, such as a torch storage. */
export class PicklePersistent {
  readonly identifier: PickleValue;

  constructor(identifier: PickleValue) {
    this.identifier = identifier;
  }
}

/** The items of a list or tuple; none for anything else. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] {
  return value instanceof PickleSequence ? value.items : nothing;
}

/** A list or tuple of plain numbers, such as a shape; undefined for anything else. */
export function numbersOf(value: PickleValue | undefined): number[] | undefined {
  const inner =
    value instanceof PickleCall && value.name === "torch.Size" ? value.parameters[0] : value;
  // No tensor has more axes; a long list that is referred to often would be copied each time.
  if (!(inner instanceof PickleSequence) || inner.items.length > 64) return undefined;
  const numbers = inner.items.filter((item): item is number => typeof item === "number");
  return numbers.length === inner.items.length ? numbers : undefined;
}

/** A key or name as text: a text, number or None as it is, anything else by its kind alone. */
export function scalarText(value: PickleValue | undefined): string {
  if (value === undefined || value === null) return "None";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return value instanceof PickleGlobal ? value.name : "key";
}
