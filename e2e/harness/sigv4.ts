import { createHash, createHmac } from "node:crypto";

/** Access keys, and the session token of temporary ones. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request to a service, to be signed. Its path has no characters that need escaping. */
export interface UnsignedRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Without a query. */
  readonly url: string;
  readonly service: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The headers of a request, signed with AWS Signature Version 4 (IAM User Guide, "Create a signed AWS
 * API request").
 */
export function signedHeaders(
  request: UnsignedRequest,
  credentials: Credentials,
): Readonly<Record<string, string>> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${request.region}/${request.service}/aws4_request`;
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    host: new URL(request.url).host,
    "x-amz-date": time,
    // S3 takes no request without it.
    ...(request.service === "s3" && { "x-amz-content-sha256": sha256(request.body) }),
    ...(credentials.sessionToken !== undefined && {
      "x-amz-security-token": credentials.sessionToken,
    }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    new URL(request.url).pathname,
    "",
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (previous, part) => hmac(previous, part),
      `AWS4${credentials.secretAccessKey}`,
    );
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n"))
    .digest("hex");
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
