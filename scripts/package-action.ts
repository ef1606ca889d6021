import { fileURLToPath } from "node:url";
import { bundleAction } from "./package/bundle-action.ts";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { bytes } = await bundleAction(at("."), at("dist-action"));
console.log(`made dist-action/index.mjs (${Math.round(bytes / 1024)} KB), which action.yml runs`);
