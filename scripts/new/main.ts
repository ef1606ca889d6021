import { fileURLToPath } from "node:url";
import { create } from "./create.ts";

const { ok, lines } = create(fileURLToPath(new URL("../../", import.meta.url)), process.argv.slice(2));
(ok ? console.log : console.error)(lines.join("\n"));
process.exitCode = ok ? 0 : 2;
