import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import Bottleneck from "bottleneck";
import type { PolicyDocument } from "../iam/policy-document";
import {
  LIVE_SESSION_NAME,
  type LiveAttempt,
  type LiveAws,
  type LiveCaller,
  type LiveRole,
} from "./live-aws";

/** The shortest session that STS makes, in seconds. */
const SESSION_SECONDS = 900;

/** Calls at once, and milliseconds between two: far below the rates at which IAM and STS throttle. */
const RATE = { maxConcurrent: 4, minTime: 100 } as const;

/** Credentials of a session. */
interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** By what an SDK client signs its requests. */
export type LiveCredentials =
  | { readonly kind: "environment" }
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "session"; readonly credentials: SessionCredentials };

/** AWS by the AWS SDK, which honours `AWS_ENDPOINT_URL`. Credentials are kept here, and never shown. */
export class SdkAws implements LiveAws {
  private readonly sts: STSClient;
  private readonly iam: IAMClient;

  constructor(
    credentials: LiveCredentials,
    private readonly region: string,
    private readonly limiter = new Bottleneck(RATE),
  ) {
    const signedBy =
      credentials.kind === "session"
        ? { credentials: credentials.credentials }
        : credentials.kind === "profile"
          ? { profile: credentials.profile }
          : {};
    this.sts = new STSClient({ region, ...signedBy });
    this.iam = new IAMClient({ region, ...signedBy });
  }

  async caller(): Promise<LiveCaller> {
    const { Account: accountId, Arn: arn } = await this.limiter.schedule(() =>
      this.sts.send(new GetCallerIdentityCommand({})),
    );
    if (accountId === undefined || arn === undefined) throw new Error("STS does not say who calls");
    return { accountId, arn };
  }

  async assumeRole(attempt: LiveAttempt): Promise<LiveAws | { readonly refused: string }> {
    const { roleArn, externalId, sourceIdentity, tags = {} } = attempt;
    try {
      const { Credentials } = await this.limiter.schedule(() =>
        this.sts.send(
          new AssumeRoleCommand({
            RoleArn: roleArn,
            RoleSessionName: LIVE_SESSION_NAME,
            DurationSeconds: SESSION_SECONDS,
            ExternalId: externalId,
            SourceIdentity: sourceIdentity,
            ...(Object.keys(tags).length > 0 && {
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            }),
          }),
        ),
      );
      const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined) {
        return { refused: "STS gave no credentials" };
      }
      const credentials = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      };
      return new SdkAws({ kind: "session", credentials }, this.region, this.limiter);
    } catch (error) {
      return { refused: messageOf(error) };
    }
  }

  async role(name: string): Promise<LiveRole> {
    try {
      const { Role } = await this.limiter.schedule(() =>
        this.iam.send(new GetRoleCommand({ RoleName: name })),
      );
      const text = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      const trustPolicy: PolicyDocument = JSON.parse(text);
      return { kind: "there", trustPolicy };
    } catch (error) {
      return error instanceof Error && /^NoSuchEntity/.test(error.name)
        ? { kind: "missing" }
        : { kind: "not readable", because: messageOf(error) };
    }
  }
}

/** AWS's own words: they name principals and actions, and never a credential. */
function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
