import type { Access } from "../../estate/access";
import { matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { groupBy } from "../../model/group-by";
import type { ResourceUse, ResourceWay } from "./declared-resource";
import type { Demand } from "./demand";
import { covers } from "./resource-questions";

/** A way, and one of the uses that it has. */
export interface WayOfUse {
  readonly way: ResourceWay;
  readonly use: ResourceUse;
}

/** One action, and what it is done to. */
export interface Question {
  readonly action: string;
  readonly arn: string;
}

/** The ways in which a resource may be used, found by account. */
export class ResourceWays {
  private readonly byAccount: ReadonlyMap<string, readonly ResourceWay[]>;
  private readonly known = new Map<ResourceUse, Map<string, boolean>>();

  constructor(
    readonly all: readonly ResourceWay[],
    private readonly resourceArn: string,
  ) {
    this.byAccount = groupBy(all, ({ accountId = "" }) => accountId);
  }

  /** Those that admit somebody, whatever for. */
  admitting(access: Access): readonly ResourceWay[] {
    const account = access.principal.split(":").at(4) ?? "";
    return (this.byAccount.get(account) ?? []).filter(({ admits }) => admits(access));
  }

  /** Those that admit somebody for this. */
  admittingTo(access: Access, question: Question): readonly WayOfUse[] {
    return this.admitting(access).flatMap((way) =>
      way.uses.filter((use) => this.isUse(use, question)).map((use) => ({ way, use })),
    );
  }

  isUse(use: ResourceUse, { action, arn }: Question): boolean {
    const byQuestion = this.known.get(use) ?? new Map<string, boolean>();
    this.known.set(use, byQuestion);
    const key = `${action} ${arn}`;
    const known = byQuestion.get(key);
    if (known !== undefined) return known;
    const { action: pattern, part } = use;
    const isPart =
      part === undefined ? arn === this.resourceArn : matchesPattern(parsePattern(part), arn);
    const found = isPart && covers(pattern, action);
    byQuestion.set(key, found);
    return found;
  }
}

/** What a way and its use demand together. */
export function demandsOf({ way, use }: WayOfUse): readonly Demand[] {
  return [...way.demands, ...(use.demands ?? [])];
}
