import { z } from "zod";
import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { type Act, type ActionName, type Answer, perform } from "./actions.ts";
import { type Stage, setStage } from "./stage.ts";
import { openPulls } from "./story.ts";

export interface ShowOptions {
  readonly appId: number;
  readonly publicKey: string;
  readonly secret: string;
  /** Where the app listens or will listen. */
  readonly app: string;
  /** Resolves when a new app responds. */
  readonly freshApp: (api: string) => Promise<void>;
}

const health = z.object({ active: z.int() });

/** The current state of the story: every action continues it, and it can start over. */
export class Show {
  #stage: Stage;
  readonly #options: ShowOptions;
  /** GitHub's last answer in each pull request, if it was worth showing. */
  readonly #answers = new Map<number, Answer>();
  #beginning: Promise<void> = Promise.resolve();

  private constructor(stage: Stage, options: ShowOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  static async begin(options: ShowOptions): Promise<Show> {
    const show = new Show(await setStage(options.appId, 0), options);
    await show.#open();
    return show;
  }

  get stage(): Stage {
    return this.#stage;
  }

  answerIn(pull: number): Answer | undefined {
    return this.#answers.get(pull);
  }

  act(name: ActionName, act: Act): Answer {
    const answer = perform(this.#stage, name, act);
    if (answer.message === "") this.#answers.delete(act.pull.number);
    else this.#answers.set(act.pull.number, answer);
    return answer;
  }

  /** Replaces GitHub, at the same address, and the app, which remembers nothing. */
  startOver(): Promise<void> {
    this.#beginning = this.#beginning.then(async () => {
      const { port } = this.#stage.double;
      await this.#stage.double.stop();
      this.#answers.clear();
      this.#stage = await setStage(this.#options.appId, port);
      await this.#open();
    });
    return this.#beginning;
  }

  /** True when every delivery has been answered and the app is idle. */
  async settled(): Promise<boolean> {
    const { webhooks } = this.#stage.double;
    const seen = webhooks.deliveries.length;
    await webhooks.settled();
    const answer = await fetch(`${this.#options.app}/healthz`);
    const { active } = health.parse(await answer.json());
    return active === 0 && webhooks.deliveries.length === seen;
  }

  async stop(): Promise<void> {
    await this.#stage.double.stop();
  }

  async #open(): Promise<void> {
    const { double, acme } = this.#stage;
    const { appId, publicKey, secret, app } = this.#options;
    double.connectApp({
      appId,
      privateKeyPublicPem: publicKey,
      secret,
      webhookUrl: `${app}/api/github/webhooks`,
      installationAccount: acme,
      permissions: APP_PERMISSIONS,
      events: APP_EVENTS,
    });
    await this.#options.freshApp(double.apiHost);
    openPulls(this.#stage);
  }
}
