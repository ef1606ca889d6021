import { importTables } from "./import-tables.ts";

await importTables("policy");
