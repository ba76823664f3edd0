import { signedHeaders, type Credentials } from "./sigv4";

/** Services that are called with JSON: target prefix and version of the protocol. */
const JSON_PROTOCOLS = {
  dynamodb: ["DynamoDB_20120810", "1.0"],
  events: ["AWSEvents", "1.1"],
  kms: ["TrentService", "1.1"],
  logs: ["Logs_20140328", "1.1"],
  sqs: ["AmazonSQS", "1.0"],
} as const;

/** A service that `Aws.json` calls. */
export type JsonService = keyof typeof JSON_PROTOCOLS;

const LAMBDA_PATH = "/2015-03-31/functions/";

/** AWS refused a request. */
export class AwsError extends Error {
  constructor(
    /** `AccessDenied`, `NoSuchEntity`, `MalformedPolicyDocument`, … */
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "AwsError";
  }
}

/** Calls an emulator's services with somebody's credentials. */
export class Aws {
  constructor(
    private readonly url: string,
    private readonly credentials: Credentials,
    private readonly region = "us-east-1",
  ) {}

  /** Calls IAM, and gives its XML. Throws an AwsError when it is refused. */
  iam(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.query("iam", "2010-05-08", action, parameters);
  }

  /** Calls STS, and gives its XML. Throws an AwsError when it is refused. */
  sts(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.query("sts", "2011-06-15", action, parameters);
  }

  /** Calls SNS, and gives its XML. Throws an AwsError when it is refused. */
  sns(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.query("sns", "2010-03-31", action, parameters);
  }

  /** Writes an object to an S3 bucket. Throws an AwsError when it is refused. */
  async putObject(bucket: string, key: string, body: string): Promise<void> {
    await this.send({ service: "s3", method: "PUT", path: `/${bucket}/${key}`, body });
  }

  /** Reads an object of an S3 bucket. Throws an AwsError when it is refused. */
  getObject(bucket: string, key: string): Promise<string> {
    return this.send({ service: "s3", method: "GET", path: `/${bucket}/${key}` });
  }

  /** Calls a service with a JSON protocol, and gives its JSON. Throws an AwsError when it is refused. */
  json(service: JsonService, action: string, parameters: unknown = {}): Promise<string> {
    const [target, version] = JSON_PROTOCOLS[service];
    return this.send({
      service,
      body: JSON.stringify(parameters),
      headers: {
        "content-type": `application/x-amz-json-${version}`,
        "x-amz-target": `${target}.${action}`,
      },
    });
  }

  /** Names of an account's Lambda functions. */
  async lambdaFunctions(): Promise<readonly string[]> {
    const json = await this.send({ service: "lambda", method: "GET", path: LAMBDA_PATH });
    return [...json.matchAll(/"FunctionName":\s*"([^"]*)"/g)].map(([, name]) => name);
  }

  /** Calls a Lambda function with an event and gives what it returns, or its error, as JSON. */
  invokeLambda(functionName: string, event: unknown = {}): Promise<string> {
    return this.send({
      service: "lambda",
      path: `${LAMBDA_PATH}${functionName}/invocations`,
      body: JSON.stringify(event),
      headers: { "content-type": "application/json" },
    });
  }

  private query(
    service: string,
    version: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    return this.send({
      service,
      body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    });
  }

  private async send(call: Call): Promise<string> {
    const { service, method = "POST", path = "/", body = "", headers = {} } = call;
    const url = `${this.url}${path}`;
    const request = { method, url, service, region: this.region, headers, body };
    const answer = await fetch(url, {
      method,
      headers: { ...signedHeaders(request, this.credentials) },
      ...(method !== "GET" && { body }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    if (answer.ok) return text;
    throw new AwsError(
      firstText(text, "Code") ??
        /"__type":\s*"(?:[^"]*#)?([^"]+)"/.exec(text)?.[1] ??
        String(answer.status),
      firstText(text, "Message") ?? text,
    );
  }
}

/** A service's requests, as far as they differ. */
interface Call {
  readonly service: string;
  /** @default "POST" */
  readonly method?: "GET" | "POST" | "PUT";
  /** @default "/" */
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The texts of all elements of a name, in an XML answer. */
export function texts(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, text]) =>
    unescapeXml(text),
  );
}

/** The text of the first element of a name; undefined when there is none. */
export function firstText(xml: string, element: string): string | undefined {
  return texts(xml, element).at(0);
}

function unescapeXml(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&apos;|&#39;/g, "'")
    .replace(/&amp;/g, "&");
}
