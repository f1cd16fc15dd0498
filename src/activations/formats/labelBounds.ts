/** Characters of all texts of one vector: more are no labels. */
export const mostCharacters = 2 ** 27;
