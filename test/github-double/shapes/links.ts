import type { Pull, Repository } from "../world/model.ts";
import { fullName } from "../world/model.ts";
import type { State } from "../world/state.ts";

export type Json = Record<string, unknown>;

/** GitHub's opaque node ids: only their being stable and distinct matters. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`0:${type}:${id}`).toString("base64url");
}

export function api(state: State, path: string): string {
  return `${state.origin}/api/v3${path}`;
}

export function html(state: State, path: string): string {
  return `${state.origin}${path}`;
}

export function repoApi(state: State, repo: Repository): string {
  return api(state, `/repos/${fullName(repo)}`);
}

export function repoHtml(state: State, repo: Repository): string {
  return html(state, `/${fullName(repo)}`);
}

export function pullApi(state: State, pull: Pull): string {
  return `${repoApi(state, pull.repo)}/pulls/${pull.number}`;
}

export function pullHtml(state: State, pull: Pull): string {
  return `${repoHtml(state, pull.repo)}/pull/${pull.number}`;
}

/** A path with each segment escaped, as GitHub's URLs hold it. */
export function escapePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
