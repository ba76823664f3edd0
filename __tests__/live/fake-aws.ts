import type { PolicyDocument } from "../../src/iam/policy-document";
import type { LiveAttempt, LiveAws, LiveCaller, LiveRole } from "../../src/live/live-aws";

/** What fake accounts hold: the same for all credentials. */
export interface FakeWorld {
  /** Role ARN to what AWS has; undefined for a role that may not be read. */
  readonly roles: Readonly<Record<string, PolicyDocument | undefined>>;
  /** Role ARNs that refuse everybody, with AWS's words. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Everything that was tried, in order: `who -> role with …`. */
  readonly log: string[];
}

/** AWS as some principal sees it. */
export class FakeAws implements LiveAws {
  constructor(
    private readonly world: FakeWorld,
    /** ARN as STS has it; undefined for credentials that do not work. */
    private readonly arn: string | undefined,
  ) {}

  caller(): Promise<LiveCaller> {
    return this.arn === undefined
      ? Promise.reject(new Error("Could not load credentials from any providers"))
      : Promise.resolve({ arn: this.arn, accountId: this.accountId });
  }

  assumeRole({
    roleArn,
    externalId,
    ...attempt
  }: LiveAttempt): Promise<LiveAws | { readonly refused: string }> {
    const extra = JSON.stringify({ externalId, ...attempt });
    this.world.log.push(`${this.arn ?? ""} -> ${roleArn} ${extra}`);
    const refused = this.world.refused?.[roleArn];
    if (refused !== undefined) return Promise.resolve({ refused });
    const [, , , , account, name] = /^(\S+?):(\S+?):(iam)::(\d+):role\/(.*)$/
      .exec(roleArn)
      ?.slice(0) ?? [""];
    const session = `arn:aws:sts::${account}:assumed-role/${name.split("/").at(-1) ?? ""}/crosstrust-live`;
    return Promise.resolve(new FakeAws(this.world, session));
  }

  role(name: string): Promise<LiveRole> {
    const found = Object.entries(this.world.roles).find(
      ([arn]) => arn.includes(`::${this.accountId}:`) && arn.endsWith(`/${name}`),
    );
    if (found === undefined) return Promise.resolve({ kind: "missing" });
    const [, trustPolicy] = found;
    return Promise.resolve(
      trustPolicy === undefined
        ? { kind: "not readable", because: "AccessDenied" }
        : { kind: "there", trustPolicy },
    );
  }

  private get accountId(): string {
    return this.arn?.split(":")[4] ?? "";
  }
}
