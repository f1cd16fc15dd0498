/**
 * Answers calls that are made in the same turn of the event loop by one call of `answerAll`, for what costs
 * a pass over the data whether it is asked one thing or several.
 * @param answerAll gives one answer an argument, in their order
 */
export function together<Argument, Answer>(
  answerAll: (given: readonly Argument[]) => Promise<readonly Answer[]>,
): (argument: Argument) => Promise<Answer> {
  let waiting: Argument[] = [];
  let answers: Promise<readonly Answer[]> | undefined;
  return async (argument) => {
    const place = waiting.push(argument) - 1;
    answers ??= Promise.resolve().then(() => {
      const given = waiting;
      waiting = [];
      answers = undefined;
      return answerAll(given);
    });
    return (await answers)[place];
  };
}
