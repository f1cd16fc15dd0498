/** WebAssembly side modules, embedded by the bundler as base64 text. */
declare module "*.so" {
  const content: string;
  export default content;
}
