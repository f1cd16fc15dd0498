/** More is copied only if the user agrees: on one machine, and through the outputs of a remote kernel. */
const unaskedBytes = { file: 2 ** 30, outputs: 32 * 2 ** 20 } as const;

/** Whether so many bytes are to be asked about before they are copied. */
export function asksFirst(byteLength: number, way: keyof typeof unaskedBytes): boolean {
  return byteLength > unaskedBytes[way];
}
