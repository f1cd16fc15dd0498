import { version as packageVersion } from "../package.json";

/** The version of Eigenlens, which run documents name as their maker. */
export const version: string = packageVersion;
