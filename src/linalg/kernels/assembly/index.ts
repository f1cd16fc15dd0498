// What the module exports; see `../kernelModule.ts` for the other side.
export { serve, openJob, openJobAlone, finishJob, endService } from "./threads";
export { prepareProduct, productScratchBytes } from "./product";
export { prepareCentring } from "./centring";
export { reduceRow } from "./reduction";
export {
  prepareSecular,
  collectWeights,
  prepareSecularVectors,
  findRoots,
  multiplyRoots,
} from "./secular";
export { prepareLanczos, extendLanczos } from "./lanczos";
export { factorBlock, formReflectorFactor } from "./triangles";
