import type { Origin } from "../../estate/estate";

/** A way into an account besides those that accounts.json declares. */
export interface OtherWay {
  readonly accountId: string;
  /** Who or what gets in, or lets in: an ARN, a service, what a resource is called. */
  readonly who: string;
  /** The role that lets it in. @default - none does */
  readonly roleArn?: string;
  /** One sentence for people, without names. */
  readonly says: string;
  readonly remedy: string;
  readonly origin: Origin;
}

/** A role whose trust policy the stacks do not tell. */
export interface NotJudged {
  readonly accountId: string;
  readonly roleArn: string;
  /** For people. */
  readonly because: string;
}

/** The ways into the accounts with `onlyPath`. */
export interface OnlyPathReport {
  readonly otherWays: readonly OtherWay[];
  readonly notJudged: readonly NotJudged[];
}
