import type { EstateResource } from "../../estate/estate";
import type { Finding, FindingKind, Told } from "./finding";

/** What was found of one resource. */
export class ResourceFindings {
  readonly findings: Finding[] = [];
  readonly undecided: Told[] = [];

  constructor(private readonly resource: EstateResource) {}

  add(
    kind: FindingKind,
    told: Pick<Finding, "says" | "remedy"> & Partial<Pick<Finding, "principal" | "statements">>,
  ): void {
    this.findings.push({ kind, ...this.place(), ...told });
  }

  undecide(told: Pick<Told, "says" | "principal">): void {
    this.undecided.push({ ...this.place(), ...told });
  }

  private place(): Omit<Told, "says"> {
    const { arn, accountId, origin, policyOrigins } = this.resource;
    return { arn, accountId, origin: policyOrigins?.[0] ?? origin, statements: [] };
  }
}
