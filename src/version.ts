import { version as packageVersion } from "../package.json";

/** The version of Eigenlens that writes into run documents. */
export const version: string = packageVersion;
