/** Rows of a tile held in registers, 4 or 6; each variant is built with its own (`../build.mjs`). */
export const tileRows: i32 = 6;
