/** Why a command could not do its work: one sentence for people with what to do about it. Ends with exit code 2. */
export class Failure extends Error {}
