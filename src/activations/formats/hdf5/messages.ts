import type { Hdf5Filter } from "./filters.ts";

/** What the HDF5 thread says of one dataset. */
export interface Hdf5Listing {
  readonly name: string;
  /** The library's class of type: 0 integer, 1 float, 3 text, 8 enumeration, others. */
  readonly type: number;
  /** Bytes of one value. */
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  readonly chunks: readonly number[] | null;
  /** How its chunks are packed, in the order in which it was done. */
  readonly filters: readonly Hdf5Filter[];
  /** Names and values of an enumeration. */
  readonly members: readonly (readonly [name: string, value: number])[];
  /** Names of the first fields of a compound type. */
  readonly fields: readonly string[];
  /** Whether its values lie in other files. */
  readonly isVirtual: boolean;
  /** In files of MATLAB: what the variable is there, and whether it is an object. */
  readonly matlabClass?: string;
  readonly isObject?: boolean;
}

/** To the HDF5 thread, which has one file open at a time. */
export type Hdf5Request = { readonly id: number } & Hdf5Call;

export type Hdf5Call =
  | {
      readonly kind: "open";
      /** The path of a local file, or the bytes of any other. */
      readonly content: string | Uint8Array;
      readonly byteLength: number;
      /** Whether MATLAB's attributes are to be told. */
      readonly matlab: boolean;
    }
  | {
      readonly kind: "read";
      readonly name: string;
      readonly count: readonly number[];
      readonly first: readonly number[];
      /** Memory for the values, handed over; new memory is taken where it is missing or too small. */
      readonly into?: ArrayBuffer;
    }
  /** Texts of HDF5 itself, of a MATLAB cell array, or the rows of a MATLAB character matrix. */
  | { readonly kind: "texts" | "cells" | "characters"; readonly name: string }
  | { readonly kind: "close" };

/** From the HDF5 thread: a value, or the library's reason against it. */
export interface Hdf5Reply {
  readonly id: number;
  readonly value?: readonly Hdf5Listing[] | Uint8Array | readonly string[] | undefined;
  readonly fault?: string;
  /** Whether the fault is the file's size or shape and not its damage, and says what to do. */
  readonly isLimit?: boolean;
  /** Whether the library's memory may be in any state after it. */
  readonly isFatal?: boolean;
}

/** A file that is whole but asks for more than is read of one; its message says what to do. */
export class Hdf5Limit extends Error {
  override readonly name = "Hdf5Limit";
}
