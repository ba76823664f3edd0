import type { AccessCount } from "../../estate/judge";
import type { Identity } from "../../estate/estate";
import { evaluateAssumeRole } from "../../iam/evaluation/evaluate-assume-role";
import type { AccessRequest, Caller, Decision, RequestContext } from "../../iam/evaluation/request";
import { allowingAnything, ANYTHING } from "./allowing-anything";
import type { Finding, FindingKind, Told } from "./finding";

/** What the trust policy of one role decides, and what was found of it. */
export class RoleFindings {
  readonly findings: Finding[] = [];
  readonly undecided: Told[] = [];

  constructor(
    readonly role: Identity,
    private readonly count?: AccessCount,
  ) {}

  /** What the trust policy says to a caller whose own policies allow everything. */
  decide(caller: Caller, context: RequestContext): Decision {
    if (this.count !== undefined) this.count.evaluations += 1;
    const { arn, accountId, trustPolicy = "unknown" } = this.role;
    return evaluateAssumeRole({
      caller: allowingAnything(caller),
      role: { arn, accountId, trustPolicy },
      context,
    });
  }

  decidedBy(request: AccessRequest | undefined): readonly string[] {
    return request === undefined ? [] : statementsOf(this.decide(request.caller, request.context));
  }

  add(
    kind: FindingKind,
    told: Pick<Finding, "says" | "remedy"> & Partial<Pick<Finding, "principal" | "statements">>,
  ): void {
    this.findings.push({ kind, ...this.place(), ...told });
  }

  undecide(principal: string, says: string): void {
    this.undecided.push({ ...this.place(), principal, says });
  }

  private place(): Omit<Told, "says"> {
    const { arn, accountId, origin } = this.role;
    return { arn, accountId, origin, statements: [] };
  }
}

/** The statements that decided, for people. */
export function statementsOf({ decidedBy }: Decision): readonly string[] {
  return decidedBy
    .filter(({ policy }) => policy !== ANYTHING.name)
    .map(({ policy, statement, sid }) =>
      sid === undefined
        ? `${policy}, statement ${statement}`
        : `${policy}, statement ${statement} (${sid})`,
    );
}
