import { showValue } from "../../source/show-value";
import type { Place, ProblemList } from "./problem-list";

/**
 * How a subject names its owner, by issuers that serve many organizations: a wildcard before the
 * owner's name is complete lets strangers in.
 */
const SHARED_ISSUERS: readonly {
  readonly issuer: string;
  readonly pinned: RegExp;
  readonly example: string;
}[] = [
  {
    issuer: "https://token.actions.githubusercontent.com",
    pinned: /^(repo:[^*?:/]+\/|(repository_owner|repository_owner_id|repository_id):[^*?:]+(:|$))/,
    example: "repo:acme/infra:ref:refs/heads/main",
  },
  {
    issuer: "https://app.terraform.io",
    pinned: /^organization:[^*?:]+:/,
    example: "organization:acme:project:infra:workspace:hub:run_phase:*",
  },
  {
    issuer: "https://agent.buildkite.com",
    pinned: /^organization:[^*?:]+:/,
    example: "organization:acme:pipeline:infra:ref:refs/heads/main:*",
  },
  {
    issuer: "https://gitlab.com",
    pinned: /^project_path:[^*?:/]+\//,
    example: "project_path:acme/infra:ref_type:branch:ref:main",
  },
  {
    // The subject is the number of a Google account, and no part of it names an organization.
    issuer: "https://accounts.google.com",
    pinned: /^\d+$/,
    example: "112233445566778899001",
  },
];

/** How a subject of any other issuer names its owner: without wildcards, or by a complete first part. */
const PINNED = /^[^*?]+$|^[^*?]*[^*?:/][:/]/;

/** A subject that organizations other than the meant one could match is an error. */
export function checkOidcSubjects(
  issuer: string,
  subjects: readonly string[],
  placeOfSubject: (position: number) => Place,
  problems: ProblemList,
): void {
  const shared = SHARED_ISSUERS.find((known) => known.issuer === issuer);
  for (const [position, subject] of subjects.entries()) {
    const pinned = (shared?.pinned ?? PINNED).test(subject);
    if (pinned) continue;
    problems.error(placeOfSubject(position), {
      expected:
        "a subject that only your organization's tokens carry: its name before any wildcard",
      found: showValue(subject),
      remedy: `pin the organization, as in ${JSON.stringify(shared?.example ?? "acme:project:*")}`,
    });
  }
}
