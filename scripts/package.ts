import { fileURLToPath } from "node:url";
import { makePackage } from "./package/make.ts";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

makePackage(at("."), at("dist"), at(".cache/package"));
console.log("made .cache/package: publish it, or try it with `npm pack ./.cache/package`");
