// One bundle of its own, loaded when the first zarr folder is opened.
export { get, open, root, slice, registry } from "zarrita";
