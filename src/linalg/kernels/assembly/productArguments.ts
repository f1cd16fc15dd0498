// Where a product's arguments stand in the job block; `prepareProduct` writes them, every way to multiply reads them.

import { jobBlock } from "./layout";

export const aAt: usize = jobBlock + 4;
export const aRowAt: usize = jobBlock + 8;
export const aStepAt: usize = jobBlock + 12;
export const bAt: usize = jobBlock + 16;
export const bColumnAt: usize = jobBlock + 20;
export const bStepAt: usize = jobBlock + 24;
export const cAt: usize = jobBlock + 28;
export const cRowAt: usize = jobBlock + 32;
export const rowsAt: usize = jobBlock + 36;
export const columnsAt: usize = jobBlock + 40;
export const depthAt: usize = jobBlock + 44;
export const tileAt: usize = jobBlock + 48;
export const lowerAt: usize = jobBlock + 52;
export const overwriteAt: usize = jobBlock + 56;
export const alphaAt: usize = jobBlock + 64;
