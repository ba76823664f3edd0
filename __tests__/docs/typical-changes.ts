import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import type { Extend } from "../../src/app";
import type { Lock } from "../../src/trust/lock";

/** The sample's accounts file, as plain data that a change writes to. */
export interface Sample {
  accounts: Record<string, object>;
  roles: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/** A change that a reviewer meets often: a heading of docs/review.md shows what diff says of it. */
export interface TypicalChange {
  readonly title: string;
  /** What the files are before, where that is not the sample. */
  readonly before?: (sample: Sample) => void;
  /** The change. */
  readonly change?: (sample: Sample) => void;
  readonly lock?: (lock: Lock) => Lock;
  readonly extend?: Extend;
}

const BY_HAND: Extend = ({ stack, account }) => {
  if (account.name !== "dev") return;
  const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
  new IamRole(new Construct(stack, "debug"), "role", {
    name: "debug",
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
};

const VENDOR = { account: "vendor", externalId: "0b1c6a52-6c1f-4f9e-9d57-1c9a7f3f6b20" };
const TABLE = "arn:${Partition}:dynamodb:${Region}:${AccountId}:table/Deployments";

/** The ten changes, in the order of the page. */
export const TYPICAL_CHANGES: readonly TypicalChange[] = [
  {
    title: "An account is added",
    change: ({ accounts }) => {
      accounts["prod-ap"] = { id: "100000000023", ou: "workloads/prod", tags: { env: "prod" } };
    },
  },
  {
    title: "A trust is widened by mistake",
    change: ({ roles }) => {
      roles.deploy.trusts = [{ account: "build" }];
    },
  },
  {
    title: "MFA is dropped",
    change: ({ roles }) => {
      roles.Developer.trusts = [{ account: "root", group: "Developers", mfa: false }];
    },
  },
  {
    title: "A role is renamed",
    change: ({ roles }) => {
      roles.ci.name = "builder";
    },
  },
  {
    title: "An end is put off",
    before: ({ roles }) => {
      roles.VendorReadOnly.trusts = [{ ...VENDOR, expires: "2027-06-30T00:00:00Z" }];
    },
    change: ({ roles }) => {
      roles.VendorReadOnly.trusts = [{ ...VENDOR, expires: "2027-12-31T00:00:00Z" }];
    },
  },
  { title: "A wildcard is added by hand", extend: BY_HAND },
  {
    title: "A principal is confirmed",
    lock: (lock) => ({
      ...lock,
      principals: {
        "arn:aws:iam::100000000005:role/build/ci": {
          uniqueId: "AROAEXAMPLEBUILDSERVR",
          confirmedAt: "2026-11-26T00:00:00Z",
        },
      },
    }),
  },
  {
    title: "A policy is split",
    before: ({ roles }) => {
      const Action = ["dynamodb:PutItem", "dynamodb:GetItem"];
      roles.deploy.statements = [{ Sid: "Table", Effect: "Allow", Action, Resource: TABLE }];
    },
    change: ({ roles }) => {
      roles.deploy.statements = ["dynamodb:GetItem", "dynamodb:PutItem"].map((Action) => ({
        Effect: "Allow",
        Action,
        Resource: TABLE,
      }));
    },
  },
  {
    title: "A tag is changed",
    change: ({ accounts }) => {
      accounts.client = { id: "100000000031", ou: "clients", tags: { alias: "acme-customer" } };
    },
  },
  { title: "Nothing is changed" },
];
