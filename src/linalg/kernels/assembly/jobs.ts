import { jobBlock } from "./layout";
import { runProduct } from "./product";
import { runCentring } from "./centring";

export const productDouble: i32 = 1;
export const productSingle: i32 = 2;
export const centringDouble: i32 = 3;
export const centringSingle: i32 = 4;

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
  }
}
