/** What the tables import as `@jest/globals`, without the rest of Jest around it. */
export { expect } from "expect";
export { describe, test } from "jest-circus";
