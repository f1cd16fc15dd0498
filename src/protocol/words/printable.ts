/** For webviews, which see nothing of `src` but its protocol. */
export { printable } from "../../text/printable.ts";
