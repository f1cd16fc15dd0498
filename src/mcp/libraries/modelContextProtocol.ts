/**
 * What is used of the official SDK of the Model Context Protocol, and of the library that writes schemas as JSON: a bundle
 * of its own, loaded by `eigenlens mcp` alone.
 */
export { Server } from "@modelcontextprotocol/sdk/server/index.js";
export { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
export { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
export { toJsonSchema } from "@valibot/to-json-schema";
