import { jobBlock } from "./layout";
import { runProduct } from "./product";
import { runCentring } from "./centring";
import { runInnerProducts } from "./innerProducts";
import { runSecularRoots } from "./secular/roots";
import { runSecularVectors } from "./secular/vectors";
import { runSymmetricVector } from "./symmetricVector";

export const productDouble: i32 = 1;
export const productSingle: i32 = 2;
export const centringDouble: i32 = 3;
export const centringSingle: i32 = 4;
export const symmetricVector: i32 = 5;
export const secularRoots: i32 = 6;
export const secularVectors: i32 = 7;
export const innerProducts: i32 = 8;

/** One thread's share of the open job. */
export function runJob(thread: i32): void {
  switch (load<i32>(jobBlock)) {
    case productDouble:
      runProduct<f64>(thread);
      break;
    case productSingle:
      runProduct<f32>(thread);
      break;
    case centringDouble:
      runCentring<f64>();
      break;
    case centringSingle:
      runCentring<f32>();
      break;
    case symmetricVector:
      runSymmetricVector(thread);
      break;
    case secularRoots:
      runSecularRoots(thread);
      break;
    case secularVectors:
      runSecularVectors();
      break;
    case innerProducts:
      runInnerProducts();
      break;
  }
}
