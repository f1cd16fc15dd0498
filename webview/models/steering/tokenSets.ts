/** The two sets of tokens, as a reader names them: "he, him" and "she, her"; undefined if there are none. */
export function setsOf(tokens: string): { first: string; second: string } | undefined {
  const [first, second] = tokens.split("/").map((part) =>
    part
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "")
      .join(", "),
  );
  return first && second ? { first, second } : undefined;
}

/** Both sets in one text: "he, him / she, her"; what names no two sets stays as it is. */
export function setsText(tokens: string): string {
  const sets = setsOf(tokens);
  return sets === undefined ? tokens : `${sets.first} / ${sets.second}`;
}
