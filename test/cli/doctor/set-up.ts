import type { DoctorOptions } from "../../../src/cli/doctor/doctor.ts";
import type { Code } from "../../../src/doctor/rules/rules.ts";
import type { Shop } from "./shop.ts";

/** A repository as somebody may have it, and what is found in it. */
export interface SetUp {
  readonly why: string;
  /** What differs from the sound one. */
  readonly given?: (shop: Shop) => void;
  /** Whose token asks; default: the organization's owner's, for everything. */
  readonly token?: (shop: Shop) => string;
  readonly options?: DoctorOptions;
  /** All that does not hold, or is not known. */
  readonly finds: Partial<Record<Code, "no" | "unknown">>;
  /** The exit code, where what is found does not tell. */
  readonly exits?: 0;
  /** Words that are printed. */
  readonly says?: readonly string[];
}
