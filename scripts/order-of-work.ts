import { readFileSync } from "node:fs";
import { ORDER_OF_WORK, type WorkClass } from "../src/store/order.ts";
import { withBlock } from "./generated-file.ts";

const PAGE = new URL("../docs/operate.md", import.meta.url);

/** The page as it is, with the order of work as it is in force. */
export function operationPage(): string {
  const classes = Object.values<WorkClass>(ORDER_OF_WORK).toSorted((a, b) => a.urgency - b.urgency);
  const rows = classes.map(({ what, why }, place) => `| ${place + 1} | ${what} | ${why} |`);
  const table = ["| | what | why |", "|---|---|---|", ...rows].join("\n");
  return withBlock(readFileSync(PAGE, "utf8"), "order of work", table);
}
