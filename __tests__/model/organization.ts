import type { Files } from "./folder";

/** A lock in which nothing is confirmed. */
export const EMPTY_LOCK_FILE = { version: 1, principals: {}, applied: {}, stacks: {} };

/** The accounts that the cases speak of, in a file of their own so that lines of cases are few. */
export const ACCOUNTS = {
  client: { id: "111122223333", ou: "workloads/prod", tags: { env: "prod" } },
  shared: { id: "444455556666", ou: "infrastructure" },
  root: { id: "100000000001", management: true },
  vendor: { id: "900000000001", external: true },
  later: "",
};

/** A role that nothing is wrong with. */
export const ROLE = { accounts: ["client"], trusts: [{ service: "ec2.amazonaws.com" }] };

/** A role that others trust. */
export const CI = { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] };

/** A shared bucket that nothing is wrong with. */
export const BUCKET = {
  type: "s3-bucket",
  account: "shared",
  name: "acme-artifacts",
  with: ["client"],
};

/** What a case changes of an organization that nothing is wrong with. */
export interface Change {
  readonly settings?: unknown;
  /** Instead of ACCOUNTS. */
  readonly accounts?: unknown;
  readonly identities?: unknown;
  readonly include?: unknown;
  readonly logs?: unknown;
  readonly notifications?: unknown;
  /** Instead of `app` and `ci`. */
  readonly roles?: unknown;
  /** Changes the role `app` of account client. */
  readonly role?: object;
  /** The only trust of the role `app`. */
  readonly trust?: unknown;
  readonly permissionSets?: unknown;
  readonly sharing?: unknown;
  /** Changes the bucket that account shared shares with client. */
  readonly shared?: object;
  /** Further files, or files instead of those made here. */
  readonly files?: Files;
}

/** The files of an organization with a change; `roles` begin in line 3 unless others come before. */
export function filesOf(change: Change): Files {
  const { settings, accounts, identities, include, logs, notifications } = change;
  const { roles, role, trust, files } = change;
  const { permissionSets } = change;
  const sharing = change.sharing ?? (change.shared && { shared: { ...BUCKET, ...change.shared } });
  const app = { ...ROLE, ...role, ...(trust !== undefined && { trusts: [trust] }) };
  return {
    "trust.lock.json": EMPTY_LOCK_FILE,
    "organization.json": ACCOUNTS,
    "accounts.json": {
      accounts: accounts ?? "organization.json",
      ...(settings !== undefined && { settings }),
      ...(identities !== undefined && { identities }),
      ...(include !== undefined && { include }),
      ...(logs !== undefined && { logs }),
      ...(notifications !== undefined && { notifications }),
      roles: roles ?? { app, ci: CI },
      ...(permissionSets !== undefined && { permissionSets }),
      ...(sharing !== undefined && { sharing }),
    },
    ...files,
  };
}
