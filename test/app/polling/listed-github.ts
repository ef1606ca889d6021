import type { GitHubClient } from "../../../src/github/client/client.ts";

/** A delivery as GitHub lists it; what is left out is alike for all. */
export interface Listed {
  readonly guid: string;
  /** The end of the id of this attempt; its guid's, where it is left out. */
  readonly id?: string;
  readonly event?: string;
  readonly action?: string | null;
  readonly delivered_at: string;
  readonly repository_id?: number;
}

const PAGE = 100;

/** A GitHub of deliveries alone, without a network, for lists that are long. */
export class ListedGitHub implements GitHubClient {
  /** Newest first. */
  list: Listed[] = [];
  /** What was asked: "list", "list CURSOR" or a delivery's guid. */
  readonly asked: string[] = [];
  /** Given each question before it is answered; what it throws is the answer. */
  onAsked: (asked: string) => void = () => {};

  readonly graphql = async (): Promise<unknown> => ({});

  readonly request: GitHubClient["request"] = async (route, { cursor, id } = {}) => {
    const question = route.endsWith("{id}") ? String(id) : ["list", cursor].filter(Boolean).join(" ");
    this.asked.push(question);
    this.onAsked(question);
    return question.startsWith("list") ? this.#page(cursor) : this.#whole(question);
  };

  #page(cursor: unknown): Awaited<ReturnType<GitHubClient["request"]>> {
    const from = cursor === undefined ? 0 : this.list.findIndex(({ guid }) => guid === cursor);
    const next = this.list[from + PAGE];
    const data = this.list.slice(from, from + PAGE).map((one) => ({
      ...{ status_code: 0, event: "issue_comment", action: "created" },
      ...{ installation_id: 7, repository_id: 70 },
      ...one,
    }));
    const items = data.map((one) => ({ ...one, id: BigInt(`38040046231722${endOf(one)}`) }));
    const link = `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=${next?.guid}>; rel="next"`;
    return { headers: next ? { link } : {}, data: items };
  }

  #whole(id: string): Awaited<ReturnType<GitHubClient["request"]>> {
    const one = this.list.find((each) => id.endsWith(endOf(each)));
    const { event = "issue_comment", action = "created", guid } = one ?? { guid: "" };
    const text = JSON.stringify({ guid, event, request: { payload: { action, number: guid } } });
    return { headers: {}, data: new Response(text).body };
  }
}

function endOf({ id, guid }: Listed): string {
  return id ?? guid.padStart(5, "0");
}

/** As many deliveries, newest first, one each second until the time; their guids are numbers, the newest's the largest. */
export function listOf(count: number, until: Date, more: Partial<Listed> = {}): Listed[] {
  return Array.from({ length: count }, (_, index) => ({
    guid: String(count - index),
    delivered_at: `${new Date(until.getTime() - index * 1000).toISOString().slice(0, 19)}Z`,
    ...more,
  }));
}
