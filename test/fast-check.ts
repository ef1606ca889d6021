import fc from "fast-check";

// A run that passes must pass again: the cases are the same each time. `FUZZ_SEED=random` looks for new ones.
const { FUZZ_SEED = "1" } = process.env;
if (FUZZ_SEED !== "random") fc.configureGlobal({ seed: Number(FUZZ_SEED) });

export { fc };
