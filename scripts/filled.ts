import { fileURLToPath } from "node:url";
import { gaps } from "./gaps.ts";

const found = gaps(fileURLToPath(new URL("../", import.meta.url)));
if (found.length > 0) {
  console.error(found.join("\n"));
  process.exitCode = 1;
}
