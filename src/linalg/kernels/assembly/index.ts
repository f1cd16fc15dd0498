// What the module exports; see `../kernelModule.ts` for the other side.
export { serve, openJob, openJobAlone, finishJob, endService } from "./threads";
export { prepareProduct, productScratchBytes } from "./product";
export { prepareCentring } from "./centring";
export { reduceRow } from "./reduction";
export { prepareSecular, prepareSecularVectors } from "./secular/problem";
export { findVectors } from "./secular/vectors";
export { collectWeights, findRoots, multiplyRoots } from "./secular/roots";
export { prepareLanczos, extendLanczos } from "./lanczos";
export { factorBlock, formReflectorFactor } from "./triangles";
export { reduceSmall, applySmallReflectors } from "./small/reduction";
export { gatherRows, scaleRows } from "./small/rows";
export { bisectPairs } from "./small/bisection";
