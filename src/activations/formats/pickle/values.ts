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

/** A call that Python would make, with the state and items that it would then hand to the result. */
export class PickleCall {
  readonly callee: PickleValue;
  readonly parameters: readonly PickleValue[];
  state: PickleValue | undefined;
  readonly contents = new PickleMapping();
  readonly appended: PickleValue[] = [];

  constructor(callee: PickleValue, parameters: readonly PickleValue[]) {
    this.callee = callee;
    this.parameters = parameters;
  }
}

/** Something kept outside the pickle, such as a torch storage. */
export class PicklePersistent {
  readonly identifier: PickleValue;

  constructor(identifier: PickleValue) {
    this.identifier = identifier;
  }
}
