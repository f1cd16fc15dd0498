/** One piece that is read before anybody has asked for it. */
export class Ahead<Piece> {
  #begun: { readonly start: number; readonly piece: Promise<Piece | undefined> } | undefined;

  /** @param start by which the piece is known */
  begin(start: number, read: () => Promise<Piece>): void {
    // A failure of what nobody asked for is no error yet: whoever asks for it reads it again.
    this.#begun = { start, piece: read().catch(() => undefined) };
  }

  /** Whether this piece was begun. */
  isAt(start: number): boolean {
    return this.#begun?.start === start;
  }

  /**
   * The piece; none is ahead any more, whichever it was.
   * @returns undefined if another was begun, or none; also if it could not be read
   */
  take(start: number): Promise<Piece | undefined> {
    const isIt = this.isAt(start);
    const begun = this.settle();
    return isIt ? begun : Promise.resolve(undefined);
  }

  /** What was begun, whichever it is, once nothing reads any more. */
  settle(): Promise<Piece | undefined> {
    const begun = this.#begun;
    this.#begun = undefined;
    return begun?.piece ?? Promise.resolve(undefined);
  }
}
