/** Names that differ in their number alone, as writers make them up: `n0`, `n1` ...; `0`, `1` ...; `neuron_12`. */
export interface NumberedSeries {
  /** Names that belong to a series of at least three. */
  readonly members: ReadonlySet<string>;
  /** Whether at least half of the names are of a series, so that the others are something else. */
  readonly dominant: boolean;
  /** Whether the names come from the file; headerless columns are numbered by us. */
  readonly named: boolean;
}

/** What columns are called whose file does not name them. */
const madeUp = "column";
const fewest = 3;

/** The name of a column that its file does not name. */
export function positionName(column: number): string {
  return `${madeUp}${column}`;
}

/** Finds the series among the names of a table's columns of numbers. */
export function numberedSeries(names: readonly string[]): NumberedSeries {
  const byStem = new Map<string, string[]>();
  for (const name of names) {
    const parts = numbered(name);
    if (parts === undefined) continue;
    const together = byStem.get(parts.stem);
    if (together === undefined) byStem.set(parts.stem, [name]);
    else together.push(name);
  }
  const series = [...byStem].filter(([, together]) => together.length >= fewest);
  const members = new Set(series.flatMap(([, together]) => together));
  return {
    members,
    dominant: members.size >= names.length / 2 && members.size > 0,
    named: !(series.length === 1 && series[0]?.[0] === madeUp),
  };
}

/** Whether the names say no more than which column it is: one stem, and numbers from 0 or 1 on. */
export function isSeries(names: readonly string[]): boolean {
  const first = numbered(names[0] ?? "");
  // Headerless columns may lack one that is no neuron.
  if (names.every((name) => numbered(name)?.stem === madeUp)) return true;
  if (first === undefined || first.number > 1) return false;
  return names.every((name, at) => {
    const parts = numbered(name);
    return parts?.stem === first.stem && parts.number === first.number + at;
  });
}

function numbered(name: string): { stem: string; number: number } | undefined {
  const trimmed = name.trim();
  // From the end by hand: an expression would try every digit of a long name as the number's first.
  let at = trimmed.length;
  while (at > 0 && trimmed.length - at < 12 && isDigit(trimmed.charCodeAt(at - 1))) at--;
  if (at === trimmed.length) return undefined;
  return { stem: trimmed.slice(0, at), number: Number(trimmed.slice(at)) };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
