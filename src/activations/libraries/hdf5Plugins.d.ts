/** WebAssembly side modules of the HDF5 library, made by the bundler (see hdf5Plugins.mjs). */
declare module "hdf5-plugins" {
  /** Name and bytes of each. */
  export const files: readonly (readonly [name: string, byteLength: number])[];
  /** All of them, one after the other, in Brotli and base64. */
  export const packed: string;
}
