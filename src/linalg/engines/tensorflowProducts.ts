import { availableParallelism } from "node:os";
import { PlainBlocks } from "../blocks/plainBlocks.ts";
import type { BlockOptions, BlockStore } from "../capabilities.ts";
import { matrix, mirrorLowerTriangle, type Matrix } from "../matrix.ts";
import { checkInnerDimension, checkSquareSum, type ProductOptions } from "../productShapes.ts";
import type { Products } from "../products.ts";
import {
  loadTensorflowBinding,
  type OperationAttribute,
  type TensorflowBinding,
} from "../tensorflow/binding.ts";

/** TensorFlow's number of the type float64, which tfjs itself does not know. */
const doubleType = 2;
/** A symmetric product is taken in so many bands of columns, which saves almost half of the work. */
const symmetricBands = 6;
/** Columns below which bands are not worth their calls. */
const smallestBanded = 512;

/** A matrix on TensorFlow's side. */
interface Tensor {
  readonly id: number;
  readonly rows: number;
  readonly columns: number;
  /** TensorFlow's number of its element type. */
  readonly type: number;
}

/** Products by TensorFlow's native library: all cores, the processor's widest vectors. */
export class TensorflowProducts implements Products {
  readonly engine = "tensorflow";
  readonly threads = availableParallelism();
  readonly #binding: TensorflowBinding;

  constructor(binding: TensorflowBinding) {
    this.#binding = binding;
  }

  gram(a: Matrix): Matrix {
    const sum = matrix(a.rows, a.rows);
    if (a.values.length === 0) return sum;
    this.#addSymmetric(sum, this.#upload(a), false, 1);
    mirrorLowerTriangle(sum);
    return sum;
  }

  addCrossProduct(sum: Matrix, a: Matrix, weight = 1): void {
    checkSquareSum(sum, a.columns);
    if (a.values.length > 0) this.#addSymmetric(sum, this.#upload(a), true, weight);
  }

  /**
   * As {@link addCrossProduct} for float32 rows, multiplied in float32 and added in float64.
   * @param rows `[count, columns]`; a few hundred rows at a time keep float32's rounding small
   */
  addSingleCrossProduct(sum: Matrix, rows: Float32Array, count: number): void {
    if (count === 0) return;
    const columns = rows.length / count;
    checkSquareSum(sum, columns);
    const type = this.#binding.TF_FLOAT;
    const id = this.#binding.createTensor([count, columns], type, rows);
    this.#addSymmetric(sum, { id, rows: count, columns, type }, true, 1);
  }

  multiply(a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    const { rows, columns, depth } = checkInnerDimension(a, b, options);
    const product = matrix(rows, columns);
    if (product.values.length === 0 || depth === 0) return product;
    const left = this.#upload(a);
    const right = this.#upload(b);
    const { transposeA = false, transposeB = false } = options;
    product.values.set(this.#takeValues(this.#matMul(left, right, transposeA, transposeB)));
    this.#delete(left);
    this.#delete(right);
    return product;
  }

  openBlocks(columns: number, options: BlockOptions): BlockStore {
    return new PlainBlocks(this, columns, { blockRows: rowsPerTransfer(columns), ...options });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  /** `sum += weight A'A` where `transposed`, else `A A'`; lower triangle, band by band; frees the tensor. */
  #addSymmetric(sum: Matrix, a: Tensor, transposed: boolean, weight: number): void {
    const order = sum.rows;
    const bands = order < smallestBanded ? 1 : symmetricBands;
    for (let band = 0; band < bands; band++) {
      const start = Math.floor((order * band) / bands);
      const stop = Math.floor((order * (band + 1)) / bands);
      const left = this.#slice(a, start, stop, transposed);
      const right = this.#slice(a, 0, stop, transposed);
      const values = this.#takeValues(this.#matMul(left, right, transposed, !transposed));
      this.#delete(left);
      this.#delete(right);
      for (let i = start; i < stop; i++) {
        const from = (i - start) * stop;
        const to = i * order;
        for (let j = 0; j <= i; j++) sum.values[to + j] += weight * values[from + j];
      }
    }
    this.#delete(a);
  }

  /** Columns `start` to `stop` of A, or rows where not `columns`. */
  #slice(a: Tensor, start: number, stop: number, columns: boolean): Tensor {
    const binding = this.#binding;
    const rows = columns ? a.rows : stop - start;
    const width = columns ? stop - start : a.columns;
    const position = Int32Array.of(columns ? 0 : start, columns ? start : 0);
    const begin = binding.createTensor([2], binding.TF_INT32, position);
    const size = binding.createTensor([2], binding.TF_INT32, Int32Array.of(rows, width));
    const attributes = [
      this.#typeAttribute("T", a.type),
      this.#typeAttribute("Index", binding.TF_INT32),
    ];
    const id = this.#execute("Slice", attributes, [a.id, begin, size]);
    binding.deleteTensor(begin);
    binding.deleteTensor(size);
    return { id, rows, columns: width, type: a.type };
  }

  #matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
    const flag = (name: string, value: boolean): OperationAttribute => ({
      name,
      type: this.#binding.TF_ATTR_BOOL,
      value,
    });
    const attributes = [
      flag("transpose_a", transposeA),
      flag("transpose_b", transposeB),
      this.#typeAttribute("T", a.type),
    ];
    return {
      id: this.#execute("MatMul", attributes, [a.id, b.id]),
      rows: transposeA ? a.columns : a.rows,
      columns: transposeB ? b.rows : b.columns,
      type: a.type,
    };
  }

  /** Float64 goes over as pairs of float32, whose bits TensorFlow then reads as what they are. */
  #upload(a: Matrix): Tensor {
    const { values, rows, columns } = a;
    const type = this.#binding.TF_FLOAT;
    const bits = new Float32Array(values.buffer, values.byteOffset, 2 * values.length);
    const pairs = this.#binding.createTensor([rows, columns, 2], type, bits);
    const id = this.#bitcast(pairs, type, doubleType);
    this.#binding.deleteTensor(pairs);
    return { id, rows, columns, type: doubleType };
  }

  /** The values of a tensor, which is freed. */
  #takeValues(tensor: Tensor): Float32Array | Float64Array {
    const { TF_FLOAT: single } = this.#binding;
    if (tensor.type === single) {
      const values = this.#binding.tensorDataSync(tensor.id);
      this.#delete(tensor);
      return values;
    }
    const pairs = this.#bitcast(tensor.id, doubleType, single);
    const bits = this.#binding.tensorDataSync(pairs);
    this.#binding.deleteTensor(pairs);
    this.#delete(tensor);
    // The copy that TensorFlow hands out need not lie where a float64 may.
    const aligned = bits.byteOffset % 8 === 0 ? bits : bits.slice();
    return new Float64Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
  }

  #bitcast(id: number, from: number, to: number): number {
    const attributes = [this.#typeAttribute("T", from), this.#typeAttribute("type", to)];
    return this.#execute("Bitcast", attributes, [id]);
  }

  #typeAttribute(name: string, value: number): OperationAttribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value };
  }

  #execute(name: string, attributes: readonly OperationAttribute[], inputs: number[]): number {
    const [output] = this.#binding.executeOp(name, attributes, inputs, 1);
    return output.id;
  }

  #delete(tensor: Tensor): void {
    this.#binding.deleteTensor(tensor.id);
  }
}

/** Every block brings a whole sum back from the accelerator: so many rows that multiplying them takes longer. */
function rowsPerTransfer(columns: number): number {
  return Math.min(2048, Math.max(256, Math.round(2 ** 24 / columns / 256) * 256));
}

/**
 * The accelerator, where `@tensorflow/tfjs-node` can be loaded; it is never needed.
 * @param folders each may hold `node_modules/@tensorflow/tfjs-node`, the one most wanted first
 * @returns the products, or in one line, for the log, why there are none
 */
export function createTensorflowProducts(
  folders: readonly string[],
): { readonly products: TensorflowProducts } | { readonly unavailable: string } {
  const loaded = loadTensorflowBinding(folders);
  if ("unavailable" in loaded) return loaded;
  return { products: new TensorflowProducts(loaded.binding) };
}
