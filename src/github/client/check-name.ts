/** The name of the one check run on a head commit; what a ruleset requires. */
export const CHECK_NAME = "countersign";
