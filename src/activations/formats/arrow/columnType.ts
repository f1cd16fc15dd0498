import type * as arrow from "../../libraries/arrow.ts";
import type { NumericType } from "../../elements/elementType.ts";

type ArrowLibrary = typeof arrow;

/** How offsets (or offsets and sizes, where lists are views) are stored; `fixed` has none. */
export type ListLayout = "offsets32" | "offsets64" | "views32" | "views64" | "fixed";

/** What the values of a column are, as far as they are read. */
export type ColumnType =
  | { readonly kind: "numbers"; readonly elementType: NumericType }
  | { readonly kind: "booleans" }
  | { readonly kind: "texts"; readonly layout: "offsets32" | "offsets64" | "views" }
  | { readonly kind: "fixedTexts"; readonly width: number }
  /** Dates and times as ticks since 1970. */
  | { readonly kind: "moments"; readonly elementType: NumericType; readonly perSecond: number }
  | { readonly kind: "lists"; readonly layout: ListLayout; readonly size: number }
  /** Whole numbers that stand for entries of a dictionary. */
  | {
      readonly kind: "codes";
      readonly elementType: NumericType;
      readonly dictionary: bigint;
      readonly entries: ColumnType;
    }
  /** Passed over. */
  | { readonly kind: "other"; readonly name: string };

/** A column's type, and what it takes of each record batch beside its children. */
export interface TypeLayout {
  readonly type: ColumnType;
  readonly buffers: number;
  readonly isView: boolean;
}

/**
 * Tells a field's type and layout (Arrow columnar format 1.5, "Buffer Listing for Each Layout").
 * @throws RangeError if the type is not known, so that nobody can tell what follows it
 */
export function columnType(
  library: ArrowLibrary,
  field: arrow.Field,
  children: number,
): TypeLayout {
  const coding = field.dictionary();
  if (coding === null) return plainType(library, field, children);
  const stored = coding.indexType();
  const elementType = stored === null ? "int32" : integer(stored.bitWidth(), stored.isSigned());
  const entries = plainType(library, field, field.childrenLength()).type;
  const type: ColumnType = { kind: "codes", elementType, dictionary: coding.id(), entries };
  return { type, buffers: 2, isView: false };
}

function plainType(library: ArrowLibrary, field: arrow.Field, children: number): TypeLayout {
  const { Type } = library;
  const id = field.typeType();
  const flat = (type: ColumnType): TypeLayout => ({ type, buffers: 2, isView: false });
  const other = (buffers: number): TypeLayout => ({
    type: { kind: "other", name: Type[id] },
    buffers,
    isView: false,
  });
  const lists = (layout: ListLayout, buffers: number, size = 0): TypeLayout => {
    if (children !== 1) throw new RangeError(`lists of ${children} kinds of values`);
    return { type: { kind: "lists", layout, size }, buffers, isView: false };
  };
  switch (id) {
    case Type.Null:
      return other(0);
    case Type.Int: {
      const stored = described(field, new library.Int());
      return flat({
        kind: "numbers",
        elementType: integer(stored.bitWidth(), stored.isSigned()),
      });
    }
    case Type.FloatingPoint: {
      const { HALF, SINGLE } = library.Precision;
      const precision = described(field, new library.FloatingPoint()).precision();
      const elementType =
        precision === HALF ? "float16" : precision === SINGLE ? "float32" : "float64";
      return flat({ kind: "numbers", elementType });
    }
    case Type.Bool:
      return flat({ kind: "booleans" });
    case Type.Date: {
      const days = described(field, new library.DateType()).unit() === library.DateUnit.DAY;
      return flat(
        days
          ? { kind: "moments", elementType: "int32", perSecond: 1 / 86_400 }
          : { kind: "moments", elementType: "int64", perSecond: 1000 },
      );
    }
    case Type.Timestamp: {
      const perSecond = 1000 ** described(field, new library.Timestamp()).unit();
      return flat({ kind: "moments", elementType: "int64", perSecond });
    }
    case Type.FixedSizeBinary: {
      const width = described(field, new library.FixedSizeBinary()).byteWidth();
      return width > 0 ? flat({ kind: "fixedTexts", width }) : other(2);
    }
    case Type.Binary:
    case Type.Utf8:
      return { type: { kind: "texts", layout: "offsets32" }, buffers: 3, isView: false };
    case Type.LargeBinary:
    case Type.LargeUtf8:
      return { type: { kind: "texts", layout: "offsets64" }, buffers: 3, isView: false };
    case Type.BinaryView:
    case Type.Utf8View:
      return { type: { kind: "texts", layout: "views" }, buffers: 2, isView: true };
    case Type.List:
      return lists("offsets32", 2);
    case Type.LargeList:
      return lists("offsets64", 2);
    case Type.ListView:
      return lists("views32", 3);
    case Type.LargeListView:
      return lists("views64", 3);
    case Type.FixedSizeList: {
      const size = described(field, new library.FixedSizeList()).listSize();
      if (size < 0) throw new RangeError(`lists of ${size} values`);
      return lists("fixed", 1, size);
    }
    case Type.Decimal:
    case Type.Time:
    case Type.Interval:
    case Type.Duration:
    case Type.Map:
      return other(2);
    case Type.Struct_:
      return other(1);
    case Type.Union: {
      const sparse = described(field, new library.Union()).mode() === library.UnionMode.Sparse;
      return other(sparse ? 1 : 2);
    }
    case Type.RunEndEncoded:
      return other(0);
    default:
      throw new RangeError(`a column of the unknown type ${id}`);
  }
}

function described<Table>(field: arrow.Field, table: Table): Table {
  const type = field.type(table) as Table | null;
  if (type === null) throw new RangeError("a column's type is not described");
  return type;
}

const integers: Readonly<Record<string, NumericType>> = {
  "8true": "int8",
  "16true": "int16",
  "32true": "int32",
  "64true": "int64",
  "8false": "uint8",
  "16false": "uint16",
  "32false": "uint32",
  "64false": "uint64",
};

function integer(bits: number, signed: boolean): NumericType {
  const type = integers[`${bits}${signed}`];
  if (type === undefined) throw new RangeError(`whole numbers of ${bits} bits`);
  return type;
}
