/** In characters (UTF-16 units). */
export const longestRunName = 200;
