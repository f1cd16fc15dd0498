// One bundle of its own, shared by zarr and the threads that unpack for it.
import Blosc from "numcodecs/blosc";
import { decodeBlosc } from "../formats/bloscShuffle.ts";

const codec = Blosc.fromConfig({ id: "blosc", clevel: 5, cname: "lz4", shuffle: 1, blocksize: 0 });

/** Unpacks a whole buffer; whatever it was packed with stands in its header. */
export const blosc = {
  decode: (bytes: Uint8Array, allocate: (byteLength: number) => Uint8Array): Promise<Uint8Array> =>
    // It calls no other method of where it writes.
    decodeBlosc(
      bytes,
      (plain, destination) => codec.decode(plain, destination as Uint8Array),
      allocate,
    ),
};
