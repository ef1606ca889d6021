import type { Pull } from "../../test/github-double/world/model.ts";
import type { Answer } from "../actions.ts";
import type { Login } from "../cast.ts";
import type { Show } from "../show.ts";
import type { Stage } from "../stage.ts";

/** What the parts of a pull request's page show. */
export interface View {
  readonly stage: Stage;
  readonly pull: Pull;
  readonly viewer: Login;
  /** GitHub's last answer here, if it was worth showing. */
  readonly answer: Answer | null;
  /** `null` where no passkeys are asked for. */
  readonly passkeys: Show["passkeys"];
}
