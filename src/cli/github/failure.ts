import { GitHubProblem, GitHubUnavailable, NotFound, TokenRefused } from "../../github/client/errors.ts";
import { Failure } from "../failure.ts";

/** What GitHub's answers about something, by its name, mean to whoever ran the command; other errors as they are. */
export function failureAbout(error: unknown, name: string): unknown {
  if (error instanceof NotFound) {
    return new Failure(
      `${name} does not exist or is not visible: check its spelling, and that the token can read it`,
    );
  }
  if (error instanceof GitHubProblem) {
    const { message, remedy } = error.problem;
    return new Failure(`${asSentence(forToken(message))} ${forToken(remedy)}`);
  }
  if (error instanceof TokenRefused) return new Failure(`${forToken(error.message)}; give it another one`);
  return error instanceof GitHubUnavailable ? new Failure(`${forToken(error.message)}; try again`) : error;
}

/** The app's sentences speak of the App; here a token of somebody's asks. */
export function forToken(sentence: string): string {
  return sentence
    .replace(/\bGrant the App the permission "([^"]+)".*/, "Needed: $1.")
    .replace("denied the App access", "denied the token access")
    .replace("the App's token", "the token in GITHUB_TOKEN or GH_TOKEN");
}

export function asSentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
