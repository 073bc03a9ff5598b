// Prints the brotli size of each file named: Node.js carries the reference
// encoder, so no compressor has to be compiled before anything else can start.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
for (const path of process.argv.slice(1)) {
  console.log(brotliCompressSync(readFileSync(path), { params: quality }).length);
}
