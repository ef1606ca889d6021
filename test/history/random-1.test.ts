import { testRandomHistories } from "./random.ts";

// Parts of one test, so that they run side by side.
testRandomHistories(0);
